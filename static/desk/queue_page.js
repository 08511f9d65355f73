/* The page of unsent records: each with its state and its reason, to be edited, deleted, sent, or saved as a file. */
import { available, sendKept, entries, file, isUnsent, me, photos, remove, replace, save, yieldTo } from "./queue.js";

const list = document.getElementById("entries");
const words = JSON.parse(document.getElementById("words").textContent);
const row = document.getElementById("row").content.firstElementChild;
const fill = (text, values) => text.replace(/%\((\w+)\)s/g, (_all, name) => values[name]);
const part = (item, name) => item.querySelector(`[data-part=${name}]`);

function reason(one) {
  if (one.state === "sent") {
    const at = new Date(one.receipt.received_at).toLocaleString(document.documentElement.lang);
    return fill(words.receipt, { id: one.receipt.id, at, hash: one.receipt.content_hash.slice(0, 8) });
  }
  if (one.state !== "refused") return words[one.code] || "";
  const codes = one.refusal.choices?.map(choice => choice.name).join("、");
  return one.refusal.message + (codes ? " " + fill(words.codes, { codes }) : "");
}

function compare(table, rows) {
  for (const { label, saw, now, yours } of rows) {
    const line = table.tBodies[0].insertRow();
    line.appendChild(Object.assign(document.createElement("th"), { scope: "row", textContent: label }));
    for (const text of [saw, now, yours]) line.insertCell().textContent = text;
  }
}

function shown(one, pictures) {
  const item = row.cloneNode(true), conflict = one.state === "refused" && one.refusal.compared?.length;
  const own = pictures.filter(picture => picture.entry === one.client_uuid);
  part(item, "title").textContent = one.title || one.client_uuid;
  part(item, "kind").textContent = [words[one.kind], one.fields.begins_on, one.fields.attendance].filter(Boolean).join(" · ");
  part(item, "state").textContent = words[one.state];
  part(item, "state").classList.add({ sent: "confirmed", refused: "returned" }[one.state] || "logged");
  part(item, "reason").textContent = reason(one);
  part(item, "photos").textContent = own.length ? fill(words.photos, { number: own.length }) : "";
  part(item, "refused").textContent = own.map(picture => picture.refusal).filter(Boolean).join(" ");
  if (conflict) compare(item.querySelector("table"), one.refusal.compared);
  part(item, "conflict").hidden = !conflict;
  part(item, "edit").hidden = one.kind !== "log" || one.state === "sent" || conflict;
  part(item, "edit").href = `${list.dataset.log}?station=${one.fields.station}#${one.client_uuid}`;
  part(item, "tools").hidden = one.state === "sent" || conflict;
  part(item, "delete").addEventListener("click", () => {
    if (confirm(one.tries ? words.delete_tried : words.delete)) remove(one.client_uuid);
  });
  part(item, "mine").addEventListener("click", () => mine(one));
  part(item, "theirs").addEventListener("click", () => theirs(one));
  return item;
}

/* Mine goes in on top of what stands there now, which has been looked at here; it was entered when it was entered. */
async function mine({ client_uuid, kind, activity, fields, title, values, device_at, refusal }) {
  const { id, etag } = refusal.now;
  if (refusal.code !== "entry_changed") {
    await save([{ client_uuid, kind, activity, fields, title, values, device_at, seen: etag }]);
  } else {
    const { station, ...changed } = fields;
    await replace(client_uuid, { kind: "change", activity: id, seen: etag, fields: changed, title, device_at });
  }
  await sendKept({ now: true });
}

async function theirs({ client_uuid, refusal }) {
  await yieldTo(client_uuid, refusal.now.id);
  await sendKept({ now: true });
}

async function draw() {
  const kept = await entries(), pictures = await photos();
  const own = kept.filter(one => one.user === me.user);
  const unsent = own.filter(isUnsent), sent = own.filter(one => one.state === "sent").reverse();
  list.replaceChildren(...[...unsent, ...sent].map(one => shown(one, pictures)));
  document.getElementById("none").hidden = unsent.length > 0;
  document.getElementById("tools").hidden = !unsent.length && !pictures.length;
  const others = new Map();
  for (const one of kept) {
    if (one.user !== me.user && isUnsent(one)) others.set(one.user_name, (others.get(one.user_name) || 0) + 1);
  }
  document.getElementById("others").replaceChildren(...[...others].map(([name, number]) =>
    Object.assign(document.createElement("li"), { textContent: fill(words.others, { name, number }) })));
}

async function download() {
  const text = JSON.stringify(await file(), null, 1);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = `queue-${new Date().toISOString().slice(0, 10)}.json`;
  link.click();
  URL.revokeObjectURL(link.href);
}

if (await available()) {
  document.getElementById("unkept").hidden = true;
  document.getElementById("away").hidden = location.hash !== "#offline";
  document.getElementById("send").addEventListener("click", async ({ target }) => {
    const said = target.textContent;
    target.textContent = words.sending;
    await sendKept({ now: true });
    target.textContent = said;
  });
  document.getElementById("save").addEventListener("click", download);
  document.addEventListener("queue", draw);
  await draw();
}
