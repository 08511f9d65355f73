/* What was planned is logged on the first page, with or without a network: it is kept first and sent then. */
import { available, sendKept, entries, isUnsent, save } from "./queue.js";

const words = JSON.parse(document.getElementById("words").textContent);
const notice = document.getElementById("held");
const forms = [...document.querySelectorAll("form[data-planned]")];
const MINUTES = 45;
const opened = new Date().toISOString();
const number = text => Number(text.normalize("NFKC").trim());
const planOf = form => Number(form.dataset.planned);

/* What was written, by the names of the API. */
function entered({ elements }) {
  const fields = {};
  if (elements.attendance.value.trim()) fields.attendance = number(elements.attendance.value);
  if (elements.estimated.checked) fields.estimated = true;
  if (elements.class_hours?.value.trim()) fields.class_minutes = number(elements.class_hours.value) * MINUTES;
  if (elements.effect.value.trim()) fields.effect = elements.effect.value;
  return fields;
}

/* The rules that need no server, in the words the server has for them: [field, words], or nothing. */
function fault({ attendance, class_minutes: minutes }, { not_recorded: uncounted }) {
  const given = attendance !== undefined;
  if (given && !(Number.isInteger(attendance) && attendance >= 0)) return ["attendance", words.digits];
  if (minutes !== undefined && !(minutes >= 0)) return ["class_hours", words.digits];
  if (given && uncounted.checked) return ["attendance", words.either];
  return given || uncounted.checked ? null : ["attendance", words.heads];
}

function show(form, found) {
  const said = form.querySelector("[data-fault]");
  form.querySelectorAll("[aria-invalid]").forEach(field => field.removeAttribute("aria-invalid"));
  said.hidden = !found;
  if (!found) return;
  said.textContent = found[1];
  form.elements[found[0]].setAttribute("aria-invalid", "true");
  form.elements[found[0]].focus();
}

async function keep(event) {
  const form = event.target, fields = entered(form), found = fault(fields, form.elements);
  event.preventDefault();
  show(form, found);
  if (found) return;
  const { version, device_at: deviceAt } = form.elements;
  const title = form.parentElement.querySelector("strong").textContent;
  try {
    await save([{ kind: "hold", activity: planOf(form), seen: `v${version.value}`, fields, title }]);
  } catch {
    deviceAt.value = new Date().toISOString();
    form.submit();
    return;
  }
  await sendKept({ now: true });
}

/* What is kept is not asked for any more; the notice says what became of the one kept last. */
async function draw() {
  const kept = (await entries()).filter(one => one.kind === "hold" && (isUnsent(one) || one.saved_at > opened));
  for (const form of forms) form.closest("li").hidden = kept.some(one => one.activity === planOf(form));
  const last = kept.filter(one => one.saved_at > opened).at(-1);
  notice.hidden = !last;
  if (!last) return;
  const state = last.state === "sent" ? last.receipt.state : last.state;
  for (const part of notice.querySelectorAll("[data-when]")) part.hidden = !part.dataset.when.split(" ").includes(state);
  notice.querySelector("[data-title]").textContent = last.title;
  notice.querySelector("[data-reason]").textContent = last.refusal?.message || "";
}

function open(event, form) {
  event.preventDefault();
  for (const other of forms) other.hidden = other !== form || !form.hidden;
  if (!form.hidden) form.elements.attendance.focus();
}

if (forms.length && await available()) {
  for (const form of forms) {
    form.parentElement.querySelector("a").addEventListener("click", event => open(event, form));
    form.addEventListener("submit", keep);
  }
  document.addEventListener("queue", draw);
  await draw();
}
