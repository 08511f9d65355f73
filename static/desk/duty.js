/* A steward's day on duty: one tap on the first page, or the form, kept on the phone first and sent then. */
import { close, follow, show } from "./kept.js";
import { available, entries, entry, isUnsent, me, save, sendKept, uuid } from "./queue.js";

const words = JSON.parse(document.getElementById("duty_words").textContent);
const taps = [...document.querySelectorAll("form[data-check-in]")];
const form = document.querySelector("form[data-duty]");
const NAMES = ["day", "where", "tasks", "arrived", "left", "latitude", "longitude"];
let editing = null;

/* The day on the phone's own clock: a page that was kept is older than that. */
const today = () => new Date().toLocaleDateString("sv");
const ours = one => one.kind === "duty" && one.user === me.user;

/* One tap: today, the whole day, at the station, from now on. */
async function tap(event) {
  const { target } = event;
  event.preventDefault();
  const fields = { posting: Number(target.dataset.posting), day: today(), halves: 2, where: "station", arrived: now() };
  const { title, log } = target.dataset;
  try {
    await save([{ kind: "duty", client_uuid: uuid(), fields, values: fields, title: `${fields.day} · ${title}`, page: log }]);
  } catch {
    target.elements.day.value = fields.day;
    target.submit();
    return;
  }
  await sendKept({ now: true });
}

const now = () => new Date().toLocaleTimeString("sv", { hour: "2-digit", minute: "2-digit" });

/* What became of today's tap, beside its button. */
async function tell() {
  const kept = (await entries()).filter(one => ours(one) && one.fields.day === today());
  for (const one of taps) {
    const last = kept.findLast(other => other.fields.posting === Number(one.dataset.posting));
    const told = one.closest("[data-place]").querySelector("[data-told]");
    one.hidden = Boolean(last) && last.state !== "refused";
    told.hidden = !last;
    if (!last) continue;
    for (const part of told.querySelectorAll("[data-when]")) part.hidden = !part.dataset.when.split(" ").includes(last.state);
    told.querySelector("[data-reason]").textContent = last.refusal?.message || "";
  }
}

/* What stands in the form, by the names of the API. */
function entered() {
  const fields = { posting: Number(form.dataset.posting), halves: Number(form.elements.halves.value) };
  for (const name of NAMES) if (form.elements[name].value.trim()) fields[name] = form.elements[name].value;
  if (form.elements.village.value) fields.village = Number(form.elements.village.value);
  return fields;
}

/* The rules that need no server, in the words the server has for them: [field, words]. */
function faults(fields) {
  return [
    [!fields.day, "day", words.day],
    [fields.day > today(), "day", words.future],
    [fields.left && fields.arrived && fields.left <= fields.arrived, "left", words.left],
  ].filter(([wrong]) => wrong).map(([, name, text]) => [name, text]);
}

async function keep(event) {
  event.preventDefault();
  const fields = entered(), found = faults(fields);
  show(form, found);
  if (found.length) return;
  const title = `${fields.day} · ${form.dataset.title}`, page = location.pathname + location.search;
  try {
    const [kept] = await save([{ kind: "duty", client_uuid: editing || uuid(), fields, values: fields, title, page }]);
    follow(kept, form);
  } catch {
    form.submit();
    return;
  }
  await sendKept({ now: true });
}

/* An unsent day is edited in the form that made it. */
async function edit(key) {
  const one = key && await entry(key);
  if (!one || !ours(one) || !isUnsent(one)) return;
  close(form);
  editing = one.client_uuid;
  for (const [name, value] of Object.entries(one.fields)) if (form.elements[name]) form.elements[name].value = value;
}

function begin() {
  editing = null;
  form.reset();
  close(form);
}

/* Where the phone is goes along only if its owner asks for it. */
function place() {
  const told = form.querySelector("[data-where-told]");
  navigator.geolocation.getCurrentPosition(({ coords }) => {
    form.elements.latitude.value = coords.latitude.toFixed(5);
    form.elements.longitude.value = coords.longitude.toFixed(5);
    told.textContent = words.placed;
  }, () => { told.textContent = words.unplaced; }, { timeout: 10_000, maximumAge: 60_000 });
}

if (await available()) {
  taps.forEach(one => one.addEventListener("submit", tap));
  document.addEventListener("queue", () => tell().catch(() => {}));
  await tell();
  if (form) {
    document.getElementById("kept").dataset.records = form.dataset.records;
    form.addEventListener("submit", keep);
    document.querySelector("#kept [data-another]").addEventListener("click", begin);
    const button = form.querySelector("[data-where]");
    button.hidden = !navigator.geolocation;
    button.addEventListener("click", place);
    await edit(location.hash.slice(1));
    addEventListener("hashchange", () => edit(location.hash.slice(1)));
  }
}
