/* The page of unsent records: each with its state and its reason, to be edited, deleted, sent, or saved as a file. */
import { compare, inConflict } from "./conflicts.js";
import { MINUTES, number, whole } from "./fields.js";
import { available, dropPhoto, entries, file, isUnsent, me, photos, remove, retryPhoto, save, sendKept } from "./queue.js";

const list = document.getElementById("entries");
const words = JSON.parse(document.getElementById("words").textContent);
const row = document.getElementById("row").content.firstElementChild;
const photo = document.getElementById("photo").content.firstElementChild;
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

function shown(one, own) {
  const item = row.cloneNode(true), conflict = inConflict(one), sent = one.state === "sent";
  part(item, "title").textContent = one.title || one.client_uuid;
  part(item, "kind").textContent = [words[one.kind], one.fields.begins_on, headsOf(one)].filter(Boolean).join(" · ");
  part(item, "state").textContent = words[one.state];
  part(item, "state").classList.add({ sent: "confirmed", refused: "returned" }[one.state] || "logged");
  part(item, "reason").textContent = reason(one);
  part(item, "sign_in").hidden = one.code !== "sign_in" || sent;
  part(item, "photos").textContent = own.length ? fill(words.photos, { number: own.length }) : "";
  part(item, "pictures").replaceChildren(...own.filter(picture => picture.refusal).map(refusedPhoto));
  part(item, "conflict").hidden = !conflict;
  if (conflict) compare(part(item, "conflict"), one, words);
  const edit = part(item, "edit"), page = pageOf(one);
  edit.hidden = !page || conflict;
  edit.href = `${page}#${one.client_uuid}`;
  edit.textContent = sent ? words.correct : words.change_it;
  const activity = one.receipt && one.kind !== "mark";
  const records = one.kind === "duty" ? list.dataset.dutyDays : list.dataset.records;
  part(item, "record").hidden = !activity;
  if (activity) part(item, "record").href = `${records}${one.receipt.id}/`;
  const mendable = one.kind === "hold" && isUnsent(one) && !conflict;
  part(item, "mend").hidden = !mendable;
  if (mendable) mend(part(item, "mend"), one);
  part(item, "delete").hidden = sent;
  part(item, "tools").hidden = conflict || (sent && !page && !activity);
  part(item, "delete").addEventListener("click", () => {
    if (confirm(one.tries ? words.delete_tried : words.delete)) remove(one.client_uuid);
  });
  return item;
}

/* Where an entry is edited, or what was sent is corrected; one that an older version of these pages kept does not say. */
function pageOf({ page, kind, values, fields, receipt }) {
  if (kind === "mark") return page;
  if (kind === "duty") return receipt ? "" : page;
  if (!values) return "";
  return page || (kind === "log" ? `${list.dataset.log}?station=${fields.station}` : "");
}

function headsOf({ said, fields: { present, attendance } }) {
  if (said) return said;
  return present ? fill(words.present, { number: present.length }) : attendance;
}

/* A photo that was refused keeps its reason until somebody decides. */
function refusedPhoto(picture) {
  const line = photo.cloneNode(true);
  part(line, "refusal").textContent = picture.refusal;
  part(line, "again").addEventListener("click", async () => {
    await retryPhoto(picture);
    await sendKept({ now: true });
  });
  part(line, "drop").addEventListener("click", () => { if (confirm(words.delete_photo)) dropPhoto(picture); });
  return line;
}

/* The figures of what was planned, to be mended before they are sent, or after they were refused. */
function mend(box, one) {
  const form = box.querySelector("form"), { elements } = form, { fields } = one;
  if (elements.attendance) elements.attendance.value = fields.attendance ?? "";
  elements.effect.value = fields.effect ?? "";
  elements.late_reason.value = fields.late_reason ?? "";
  elements.class_hours.closest(".field").hidden = fields.class_minutes === undefined;
  elements.class_hours.value = fields.class_minutes === undefined ? "" : fields.class_minutes / MINUTES;
  elements.attendance.closest(".field").hidden = Boolean(fields.present);
  // Two of them on one page: each field has a name of its own for its label.
  for (const label of form.querySelectorAll("label[for]")) {
    const field = form.querySelector(`#${label.htmlFor}`);
    if (field) field.id = label.htmlFor = `${label.htmlFor}_${one.client_uuid}`;
  }
  form.addEventListener("submit", async event => {
    event.preventDefault();
    const said = { ...fields, effect: elements.effect.value, late_reason: elements.late_reason.value };
    if (!fields.present) said.attendance = elements.attendance.value.trim() ? number(elements.attendance.value) : null;
    if (fields.class_minutes !== undefined) said.class_minutes = number(elements.class_hours.value || "0") * MINUTES;
    if (!whole(said.attendance ?? undefined) || Number.isNaN(said.class_minutes)) {
      part(box, "fault").hidden = false;
      return;
    }
    await save([{ ...one, fields: said }]);
    await sendKept({ now: true });
  });
}

/* What has not changed stays on the page as it is, with what was chosen or written in it. */
const items = new Map();
function itemOf(one, pictures) {
  const own = pictures.filter(picture => picture.entry === one.client_uuid);
  const stands = JSON.stringify([one, own.map(({ clientUuid, refusal }) => [clientUuid, refusal])]);
  const known = items.get(one.client_uuid);
  if (known?.stands === stands) return known.item;
  const item = shown(one, own);
  items.set(one.client_uuid, { stands, item });
  return item;
}

async function draw() {
  const kept = await entries(), pictures = await photos();
  const own = kept.filter(one => one.user === me.user);
  const unsent = own.filter(isUnsent), sent = own.filter(one => one.state === "sent").reverse();
  list.replaceChildren(...[...unsent, ...sent].map(one => itemOf(one, pictures)));
  document.getElementById("none").hidden = unsent.length > 0 || pictures.length > 0;
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
