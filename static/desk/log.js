/* The log form on a phone: what is entered is kept first and sent then; with or without a network the answer is the same. */
import { changed, number, whole } from "./fields.js";
import { button, close, follow, show } from "./kept.js";
import { available, entries, entry, fact, isUnsent, note, save, sendKept, uuid } from "./queue.js";

const form = document.querySelector("form.entry");
const words = JSON.parse(document.getElementById("words").textContent);
const recent = JSON.parse(document.getElementById("recent").textContent);
const { station, today, minutes } = form.dataset;
const LAST = `last at ${station}`, PAGE = `${location.pathname}?station=${station}`;
const NOT_SENT = ["csrfmiddlewaretoken", "client_uuid", "device_at", "not_recorded", "class_hours", "photos"];
const REPEATED = ["title", "kind", "class_hours", "venue", "village", "facility", "genre", "team", "posting"];
const pad = number => String(number).padStart(2, "0");
const now = new Date(), deviceDay = `${now.getFullYear()}-${pad(now.getMonth() + 1)}-${pad(now.getDate())}`;
// A kept page is as old as it is; the device's clock may be wrong, but never behind the page it shows.
const day = deviceDay > today ? deviceDay : today;
// `editing`: the unsent entry that stands in the form. `correcting`: what a correction of a sent log is about, and on what it stands.
let editing = null, correcting = null, busy = false, pictures = [];

/* What stands in the form, by the names of its fields; `fill` takes it back. */
function written() {
  const values = {};
  for (const field of form.elements) {
    if (!field.name || field.type === "hidden" || field.type === "file" || field.type === "submit") continue;
    if (field.type === "checkbox") values[field.name] = field.checked;
    else if (field.type === "radio" && field.checked) values[field.name] = field.dataset.code;
    else if (field.type !== "radio") values[field.name] = field.selectedOptions?.[0].dataset.code || field.value;
  }
  return values;
}

function fill(values) {
  for (const [name, value] of Object.entries(values)) {
    const named = form.elements[name];
    if (!named) continue;
    if (named instanceof RadioNodeList || named.type === "radio") {
      const options = named instanceof RadioNodeList ? [...named] : [named];
      const chosen = options.find(option => option.dataset.code === value);
      if (chosen) chosen.checked = true;
    } else if (named.type === "checkbox") named.checked = value;
    else if (named.options) {
      const chosen = [...named.options].find(option => (option.dataset.code || option.value) === String(value ?? ""));
      if (chosen) chosen.selected = true;
    } else named.value = value ?? "";
  }
}

/* What was written, by the names of the API. */
function entered() {
  const fields = { station: Number(station) };
  for (const field of form.elements) {
    const { name, type, value } = field;
    if (!name || NOT_SENT.includes(name) || type === "hidden" || type === "submit" || type === "file") continue;
    if (type === "checkbox" || type === "radio") {
      if (field.checked) fields[name] = type === "radio" ? field.dataset.code : true;
    } else if (!value.trim()) continue;
    else if (field.localName === "select") fields[name] = field.selectedOptions[0].dataset.code || Number(value);
    else fields[name] = field.inputMode === "numeric" ? number(value) : value;
  }
  const hours = form.elements.class_hours?.value;
  if (hours && form.querySelector("[data-session]:checked")) fields.class_minutes = number(hours) * Number(minutes);
  return fields;
}

/* The rules that need no server, in the words the server has for them: [field, words]. */
function faults(fields) {
  const { not_recorded: uncounted } = form.elements;
  const sameDay = !fields.ends_on || fields.ends_on === fields.begins_on;
  return [
    [!fields.title, "title", words.title],
    [!fields.kind, "kind", words.kind],
    [!fields.begins_on, "begins_on", words.begins_on],
    [fields.begins_on > day, "begins_on", words.future],
    [fields.ends_on < fields.begins_on, "ends_on", words.ends],
    [sameDay && fields.ends_time < fields.begins_time, "ends_time", words.ends],
    [Number.isNaN(fields.class_minutes) || fields.class_minutes < 0, "class_hours", words.digits],
    [!whole(fields.attendance), "attendance", words.digits],
    [!whole(fields.online_attendance), "online_attendance", words.digits],
    [uncounted.checked && fields.attendance !== undefined, "attendance", words.either],
    [!uncounted.checked && fields.attendance === undefined, "attendance", words.heads],
    [form.elements.posting?.required && !fields.posting, "posting", words.posting],
  ].filter(([wrong]) => wrong).map(([, name, text]) => [name, text]);
}

/* Of what a correction stands on the part that this form has fields for. */
const FIELD = { class_minutes: "class_hours" };
const inForm = base => Object.fromEntries(Object.entries(base).filter(([name]) => form.elements[FIELD[name] || name]));

async function keep(event) {
  event.preventDefault();
  const fields = entered(), found = faults(fields);
  show(form, found);
  if (found.length || busy) return;
  busy = true;
  const values = written(), key = editing || uuid();
  const what = correcting ? { kind: "change", ...correcting, fields: changed(inForm(correcting.base), fields) } : { kind: "log", fields };
  try {
    performance.mark("save");
    const [kept] = await save([{ client_uuid: key, ...what, values, title: fields.title, page: PAGE }], belonging(key));
    follow(kept, form);
    performance.measure("saved on the phone", "save");
  } catch {
    // Nothing could be kept here: the plain form goes to the server as it always did.
    form.submit();
    return;
  }
  busy = false;
  await note(LAST, { title: fields.title, values: Object.fromEntries(REPEATED.map(name => [name, values[name] ?? ""])) });
  await sendKept({ now: true });
}

/* The photos chosen, each with the entry it belongs to; one that is not made smaller yet is made smaller when it is sent. */
const belonging = key => pictures.map(picture => ({ ...(picture.ready || { raw: picture.raw }), entry: key }));

function begin(values) {
  form.reset();
  [editing, correcting, pictures] = [null, null, []];
  form.elements.begins_on.value = day;
  if (values) fill(values);
  close(form);
  form.elements[values ? "attendance" : "title"].focus();
}

/* An unsent entry is edited; one that was sent is corrected by a change that stands on what the server had of it last. */
async function edit(key) {
  const asked = key && await entry(key);
  if (!asked?.values) return;
  const about = one => one.receipt?.id ?? one.activity;
  const last = (await entries()).findLast(one => one.values && about(one) === about(asked));
  const one = isUnsent(asked) ? asked : last;
  begin(one.values);
  if (isUnsent(one)) {
    editing = one.client_uuid;
    if (one.kind === "change") correcting = { activity: one.activity, seen: one.seen, base: one.base };
  } else {
    correcting = { activity: about(one), seen: one.receipt.etag, base: { ...one.base, ...one.fields } };
  }
}

async function choose({ target }) {
  const chosen = [...target.files].map(raw => ({ raw, ready: null }));
  pictures.push(...chosen);
  const { prepare } = await import("./photos.js");
  for (const picture of chosen) picture.ready = await prepare(picture.raw);
}

/* “Same as last time” of the server's last ones, and of the last one of this phone. */
async function offer() {
  const last = await fact(LAST), asked = new URLSearchParams(location.search).get("like");
  const known = recent.find(one => String(one.id) === asked);
  if (asked && !form.elements.title.value) fill((known || last)?.values || {});
  document.querySelector(".chips.line")?.addEventListener("click", event => {
    const like = event.target.closest("a") && new URL(event.target.href).searchParams.get("like");
    const one = recent.find(row => String(row.id) === like);
    if (!one) return;
    event.preventDefault();
    begin(one.values);
  });
}

if (await available()) {
  form.elements.begins_on.max = day;
  if (form.elements.begins_on.value === today) form.elements.begins_on.value = day;
  form.addEventListener("submit", keep);
  const photos = document.getElementById("photos");
  photos.hidden = false;
  photos.querySelector("input").addEventListener("change", choose);
  button("another").addEventListener("click", () => begin());
  button("like").addEventListener("click", async () => begin((await fact(LAST)).values));
  addEventListener("hashchange", () => edit(location.hash.slice(1)));
  await offer();
  await edit(location.hash.slice(1));
}
