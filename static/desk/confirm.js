/* Confirming without a network: what is ticked is kept with the version that was looked at, and sent then. */
import { available, sendKept, entries, save } from "./queue.js";

const notice = document.getElementById("confirmed");
const picks = form => [...document.querySelectorAll(`[name=pick][form=${form.id}]:checked`)].map(box => box.value);
const rowOf = key => document.querySelector(`[name=pick][value^="${key}-"]`)?.closest("li");

async function keep(event) {
  const chosen = event.submitter?.name === "pick" ? [event.submitter.value] : picks(event.target);
  if (!chosen.length) return;
  event.preventDefault();
  const made = chosen.map(pick => pick.split("-")).map(([key, version]) => ({
    kind: "confirm", activity: Number(key), seen: `v${version}`, title: rowOf(key)?.querySelector("strong").textContent,
  }));
  try {
    await save(made);
  } catch {
    event.target.submit();
    return;
  }
  await say();
  await sendKept({ now: true });
  await say();
}

/* What is kept is not shown any more; how many wait, and how many came through since the page was opened. */
const opened = new Date().toISOString();
async function say() {
  const kept = (await entries()).filter(one => one.kind === "confirm");
  for (const one of kept) if (one.state !== "sent" || one.saved_at > opened) rowOf(one.activity)?.remove();
  const number = { sent: 0, refused: 0, waiting: 0 };
  for (const one of kept) {
    if (one.state !== "sent") number[one.state === "refused" ? "refused" : "waiting"] += 1;
    else if (one.saved_at > opened) number.sent += 1;
  }
  for (const part of notice.querySelectorAll("[data-when]")) {
    part.hidden = !number[part.dataset.when];
    part.querySelector("b").textContent = number[part.dataset.when];
  }
  notice.hidden = !Object.values(number).some(Boolean);
  const left = document.querySelector(".rows > li");
  for (const part of document.querySelectorAll(".rows, .bar, .rows ~ .hint")) part.hidden = !left;
}

if (await available()) {
  for (const form of document.querySelectorAll("form#ticked, form#one")) form.addEventListener("submit", keep);
  document.addEventListener("queue", say);
  await say();
}
