/* What was planned is logged on the first page, with or without a network: it is kept first and sent then. */
import { MINUTES, number, whole } from "./fields.js";
import { available, entries, isUnsent, save, sendKept } from "./queue.js";
import { keepRosters, learnersOn, rosterOf, tick, ticked } from "./rosters.js";

const words = JSON.parse(document.getElementById("words").textContent);
const notice = document.getElementById("held");
const forms = [...document.querySelectorAll("form[data-planned]")];
// What was brought in lately is not asked for again with every look at the first page.
const FRESH = 5 * 60 * 1000;
const opened = new Date().toISOString();
const planOf = form => Number(form.dataset.planned);

/* The ticks of a session whose roster is kept, unless a number is written or nobody counted. */
function ticksOf(form) {
  const { attendance, not_recorded: uncounted } = form.elements, roster = form.querySelector("[data-roster]:not([hidden])");
  return roster && !attendance.value.trim() && !uncounted.checked ? roster.querySelector("[data-ticks]") : null;
}

/* What was written, by the names of the API. */
function entered(form) {
  const fields = {}, { elements } = form, box = ticksOf(form);
  if (box) fields.present = ticked(box);
  if (elements.attendance.value.trim()) fields.attendance = number(elements.attendance.value);
  if (elements.estimated.checked) fields.estimated = true;
  if (elements.class_hours?.value.trim()) fields.class_minutes = number(elements.class_hours.value) * MINUTES;
  if (elements.effect.value.trim()) fields.effect = elements.effect.value;
  return fields;
}

/* The rules that need no server, in the words the server has for them: [field, words], or nothing. */
function fault({ attendance, present, class_minutes: minutes }, { not_recorded: uncounted }) {
  const given = attendance !== undefined;
  if (!whole(attendance)) return ["attendance", words.digits];
  if (minutes !== undefined && !(minutes >= 0)) return ["class_hours", words.digits];
  if (given && uncounted.checked) return ["attendance", words.either];
  return given || present || uncounted.checked ? null : ["attendance", words.heads];
}

function show(form, found) {
  const said = form.querySelector("[data-fault]");
  form.querySelectorAll("[aria-invalid]").forEach(field => field.removeAttribute("aria-invalid"));
  said.hidden = !found;
  if (!found) return;
  said.textContent = found[1];
  form.elements[found[0]].closest("details")?.setAttribute("open", "");
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

/* Puts the ticks of a course's roster before the number, where the roster is kept on this phone. */
async function call(form) {
  const roster = form.querySelector("[data-roster]"), kept = roster && await rosterOf(roster.dataset.roster);
  const learners = kept ? learnersOn(kept, roster.dataset.day) : [];
  if (!learners.length || !roster.hidden) return;
  tick(roster.querySelector("[data-ticks]"), learners);
  roster.hidden = false;
  form.querySelector("[data-heads]").open = false;
}

async function open(event, form) {
  event.preventDefault();
  await call(form);
  for (const other of forms) other.hidden = other !== form || !form.hidden;
  if (!form.hidden) form.querySelector("input:not([type=hidden])").focus();
}

const rosters = document.querySelector("[data-rosters]")?.dataset.rosters;
if (rosters && await available()) keepRosters(rosters, FRESH).catch(() => {});
if (forms.length && await available()) {
  for (const form of forms) {
    form.parentElement.querySelector("a").addEventListener("click", event => open(event, form));
    form.addEventListener("submit", keep);
  }
  document.addEventListener("queue", draw);
  await draw();
}
