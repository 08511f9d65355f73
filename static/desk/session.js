/* A session of a course on a phone: the roster is ticked as it is kept here, and the session is kept first and sent then. */
import { changed, MINUTES, number, whole } from "./fields.js";
import { button, close, follow, show } from "./kept.js";
import { available, entries, entry, isUnsent, save, sendKept, uuid } from "./queue.js";
import { keepRosters, learnersOn, rosterOf, tick, ticked } from "./rosters.js";

const form = document.querySelector("form.entry");
const words = JSON.parse(document.getElementById("words").textContent);
const list = document.getElementById("courses");
const roster = form.querySelector("[data-roster]"), heads = form.querySelector("[data-heads]");
const box = roster?.querySelector("[data-ticks]");
const { today } = form.dataset;
const TEXTS = ["begins_on", "begins_time", "ends_time", "note", "late_reason"];
let course = null, editing = null, correcting = null, busy = false;

/* Whether it is the ticks that count, and not a number written beside them. */
const byRoster = () => roster && !roster.hidden && !form.elements.attendance.value.trim();

/* What was said, by the names of the API. */
function entered() {
  const { elements } = form, fields = { course: course.id };
  for (const name of TEXTS) if (elements[name]?.value.trim()) fields[name] = elements[name].value;
  if (elements.class_hours.value.trim()) fields.class_minutes = number(elements.class_hours.value) * MINUTES;
  if (byRoster()) fields.present = ticked(box);
  else if (elements.attendance.value.trim()) fields.attendance = number(elements.attendance.value);
  return fields;
}

/* The rules that need no server, in the words the server has for them: [field, words]. */
function faults(fields) {
  return [
    [!fields.begins_on, "begins_on", words.begins_on],
    [fields.begins_on > today && fields.begins_on > new Date().toLocaleDateString("sv"), "begins_on", words.future],
    [fields.ends_time < fields.begins_time, "ends_time", words.ends],
    [Number.isNaN(fields.class_minutes) || fields.class_minutes < 0, "class_hours", words.digits],
    [!whole(fields.attendance), "attendance", words.digits],
    [!fields.present && fields.attendance === undefined, "attendance", words.heads],
  ].filter(([wrong]) => wrong).map(([, name, text]) => [name, text]);
}

async function keep(event) {
  event.preventDefault();
  const fields = entered(), found = faults(fields);
  show(form, found);
  if (found.length || busy) return;
  busy = true;
  const what = correcting ? { kind: "change", ...correcting, fields: changed(correcting.base, fields) } : { kind: "session", fields };
  const values = { ...fields, class_hours: form.elements.class_hours.value, course };
  try {
    const [kept] = await save([{ client_uuid: editing || uuid(), ...what, values, title: course.title, page: location.pathname }]);
    follow(kept, form);
  } catch {
    form.submit();
    return;
  }
  busy = false;
  await sendKept({ now: true });
}

/* The ticks of a day; who was absent by what is told, else nobody. */
async function draw(present = null) {
  const kept = await rosterOf(course.id);
  if (!kept || !roster) return;
  const learners = learnersOn(kept, form.elements.begins_on.value);
  tick(box, learners, present);
  roster.hidden = !learners.length;
  heads.open = !learners.length || Boolean(form.elements.attendance.value);
}

async function begin(values = {}) {
  [editing, correcting] = [null, null];
  form.reset();
  for (const name of [...TEXTS, "attendance", "class_hours"]) {
    if (values[name] !== undefined && form.elements[name]) form.elements[name].value = values[name];
  }
  close(form);
  await draw(values.present);
}

/* An unsent session is edited; one that was sent is corrected by a change of what the server had of it last. */
async function edit(key) {
  const asked = key && await entry(key);
  if (!asked?.values?.course) return;
  const about = one => one.receipt?.id ?? one.activity;
  const last = (await entries()).findLast(one => one.values && about(one) === about(asked));
  const one = isUnsent(asked) ? asked : last;
  await open(one.values.course);
  await begin(one.values);
  if (isUnsent(one)) {
    editing = one.client_uuid;
    if (one.kind === "change") correcting = { activity: one.activity, seen: one.seen, base: one.base };
  } else {
    correcting = { activity: about(one), seen: one.receipt.etag, base: { ...one.base, ...one.fields } };
  }
}

/* The form of one course, on the page of all of them or on its own, where the server has filled it in already. */
async function open(chosen) {
  course = chosen;
  if (form.dataset.course) return;
  const kept = await rosterOf(course.id);
  document.querySelector("h1 [data-title]").textContent = `: ${course.title}`;
  form.action = list.dataset.session.replace("/0/", `/${course.id}/`);
  form.elements.class_hours.defaultValue = kept?.class_hours ?? "";
  [list.hidden, form.hidden] = [true, false];
  await draw();
}

/* A course of the list opens here where its roster is kept; else its own page is asked for. */
async function choose(event) {
  const link = event.target.closest("a[data-course]");
  if (!link) return;
  event.preventDefault();
  if (await rosterOf(link.dataset.course)) location.assign(`#${link.dataset.course}`);
  else location.assign(link.href);
}

/* Which course the page is about: its own, the one its address asks for though it is the page of all, or the one chosen. */
async function asked() {
  const { course: own, title } = form.dataset, hash = location.hash.slice(1);
  if (own) return { id: Number(own), title };
  const id = /^\d+$/.test(hash) ? hash : location.pathname.match(/\/courses\/(\d+)\/session\//)?.[1];
  const kept = id && await rosterOf(id);
  return kept ? { id: kept.course, title: kept.title } : null;
}

async function start() {
  const about = await asked();
  if (about) await open(about);
  await edit(location.hash.slice(1));
}

if (await available()) {
  list?.addEventListener("click", choose);
  form.addEventListener("submit", keep);
  form.elements.begins_on.addEventListener("change", () => draw(byRoster() ? ticked(box) : null));
  button("another").addEventListener("click", () => begin());
  addEventListener("hashchange", start);
  await start();
  await keepRosters(form.dataset.rosters);
  if (!course) await start();
}
