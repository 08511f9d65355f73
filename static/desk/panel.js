/* Scoring on the spot: what is found is kept on the phone first and sent then, with or without a network. */
import { enter, leave } from "./conflicts.js";
import { available, entries, entry, isUnsent, me, replace, save, sendKept, uuid } from "./queue.js";

const page = document.getElementById("seat");
const forms = page ? [...page.querySelectorAll("form[data-code]")] : [];
const words = JSON.parse(document.getElementById("words")?.textContent || "{}");
const seat = Number(page?.dataset.seat);
// What a thumb is still at is not sent with every tap.
const SETTLES = 900;
const NOT_APPLICABLE = "not_applicable";
const part = (form, name) => form.querySelector(`[data-${name}]`);
const fill = (text, values) => text.replace(/%\((\w+)\)s/g, (_all, name) => values[name]);
const clean = text => text.normalize("NFKC").trim().replace(/[。．,，]/, ".");
const clock = instant => new Date(instant).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
const ours = one => one.user === me.user && one.kind === "mark";
const versionOf = etag => Number(etag.match(/\d+/)[0]);

const numbersOf = form => [...form.querySelectorAll("[name^=number_]")];

/* What stands in the form; `found` is empty where nothing is said. */
function written(form) {
  const note = form.elements.note.value.trim();
  if (form.elements.answer) {
    const { value } = form.elements.answer;
    return { found: value && (value === NOT_APPLICABLE ? value : "value"), numbers: value && value !== NOT_APPLICABLE ? [value] : [], note };
  }
  const numbers = numbersOf(form).map(field => clean(field.value)).filter(Boolean);
  if (form.elements.not_applicable.checked) return { found: NOT_APPLICABLE, numbers: [], note };
  return { found: numbers.length ? "value" : "", numbers, note };
}

/* Puts into the form what was said. */
function put(form, { found, numbers, note }) {
  form.elements.note.value = note;
  if (note) form.elements.note.closest("details").open = true;
  if (form.elements.answer) {
    const said = found === NOT_APPLICABLE ? found : String(Number(numbers[0]));
    for (const choice of form.elements.answer) {
      choice.checked = choice.value === said || found === "value" && choice.value !== NOT_APPLICABLE && Number(choice.value) === Number(said);
    }
  } else {
    form.elements.not_applicable.checked = found === NOT_APPLICABLE;
    numbersOf(form).forEach((field, at) => { field.value = numbers[at] === undefined ? "" : String(Number(numbers[at])); });
  }
}

/* In words, as the queue's page shows it. */
function said(form, { found, numbers }) {
  if (found === NOT_APPLICABLE) return words.not_applicable;
  if (!form.elements.answer) return numbers.map(number => String(Number(number))).join(" · ");
  const choice = [...form.elements.answer].find(one => Number(one.value) === Number(numbers[0]));
  return choice?.nextElementSibling.textContent || numbers[0];
}

/* What cannot be, as far as that needs no server. */
function fault(form, { found, numbers }) {
  const most = form.dataset.most;
  if (!found) return words.needed;
  if (numbers.some(number => !/^\d{1,12}(\.\d{1,4})?$/.test(number))) return words.digits;
  if (most && numbers.some(number => Number(number) > Number(most.replaceAll(",", "")))) return fill(words.most, { most });
  return form.dataset.takes === "quarters" && found === "value" && numbers.length < 4 ? words.quarters : "";
}

/* The entry of this phone that was made last about the form's indicator. */
const latest = async form => (await entries()).findLast(
  one => ours(one) && one.fields.seat === seat && one.fields.code === form.dataset.code);

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/* The button keeps its room: nothing else slips under a thumb that is on its way to it. */
const unsaved = (form, so) => part(form, "save").classList.toggle("gone", !so);
const isUnsaved = form => !part(form, "save").classList.contains("gone");

async function keep(form) {
  clearTimeout(form.timer);
  const told = written(form), wrong = fault(form, told), before = await latest(form);
  const pending = before && isUnsent(before);
  const stands = pending ? before.fields : form.stands;
  if (same(told, { found: stands.found, numbers: stands.numbers, note: stands.note })) {
    part(form, "fault").hidden = true;
    unsaved(form, false);
    return;
  }
  part(form, "fault").hidden = !wrong;
  part(form, "fault").textContent = wrong;
  if (wrong) return;
  const conflict = pending && before.refusal?.now;
  const made = {
    client_uuid: pending && !conflict ? before.client_uuid : uuid(),
    kind: "mark", fields: { seat, code: form.dataset.code, ...told },
    seen: conflict ? conflict.etag : pending ? before.seen : `v${form.elements.version.value}`,
    title: `${form.dataset.code} ${form.dataset.label} · ${page.dataset.town}`, said: said(form, told), page: location.pathname,
  };
  try {
    if (conflict) await replace(before.client_uuid, made);
    else await save([made]);
  } catch {
    form.submit();
    return;
  }
  unsaved(form, false);
  await sendKept({ now: true });
}

/* One after the other: a tap, and the field that is left by it, say the same twice. */
const keepInTurn = form => form.turn = (form.turn || Promise.resolve()).then(() => keep(form), () => keep(form));

function touched(form, later) {
  unsaved(form, true);
  clearTimeout(form.timer);
  if (later) form.timer = setTimeout(() => keepInTurn(form), SETTLES);
}

function step(form, button) {
  const field = button.parentElement.querySelector("input");
  const number = Number(clean(field.value) || 0) + Number(button.dataset.step), most = Number(form.dataset.most?.replaceAll(",", "") || Infinity);
  field.value = String(Math.round(Math.min(most, Math.max(0, number)) * 10_000) / 10_000);
  form.elements.not_applicable.checked = false;
  touched(form, true);
}

function changed(form, field) {
  const { not_applicable: none } = form.elements;
  if (none && field === none && none.checked) numbersOf(form).forEach(one => { one.value = ""; });
  else if (none && field.name.startsWith("number_") && field.value) none.checked = false;
  if (none && !none.checked && !numbersOf(form).some(one => one.value)) return;
  // Of the four quarters one after the other is written; what is half written is no fault yet.
  if (form.dataset.takes === "quarters" && none && !none.checked && numbersOf(form).some(one => !one.value)) return;
  keepInTurn(form);
}

/* What became of what was found, beside each indicator. */
function tell(form, one) {
  const state = part(form, "state"), conflict = Boolean(one && one.state === "refused" && one.refusal.compared);
  part(form, "conflict").hidden = !conflict;
  state.className = `state ${one ? one.state : form.dataset.kept ? "sent" : ""}`;
  if (!one) return;
  if (conflict) {
    const worded = (found, note) => note ? fill(words.with_note, { found, note }) : found;
    const { now } = one.refusal;
    part(form, "theirs").textContent = fill(words.theirs, { now: worded(said(form, now), now.note) });
    part(form, "mine").textContent = fill(words.mine, { mine: worded(one.said, one.fields.note) });
    part(form, "keep-mine").hidden = !one.refusal.mine_as;
  }
  if (one.state === "sent") state.textContent = fill(words.sent, { at: clock(one.receipt.received_at) });
  else if (one.state === "refused") state.textContent = conflict ? "" : `${words.refused}: ${one.refusal.message}`;
  else state.textContent = one.code === "sign_in" ? words.sign_in : words.saved;
}

let settled = null;
async function draw() {
  const kept = (await entries()).filter(one => ours(one) && one.fields.seat === seat);
  const of = new Map(kept.map(one => [one.fields.code, one]));
  let scored = 0, next = null;
  for (const form of forms) {
    const one = of.get(form.dataset.code);
    if (one?.state === "sent" && versionOf(one.receipt.etag) >= Number(form.elements.version.value)) {
      form.elements.version.value = versionOf(one.receipt.etag);
      form.stands = { found: one.fields.found, numbers: one.fields.numbers, note: one.fields.note };
      form.dataset.kept = one.said;
    }
    tell(form, one && (isUnsent(one) || versionOf(one.receipt.etag) >= Number(form.elements.version.value)) ? one : null);
    const done = one && isUnsent(one) ? one.state !== "refused" : Boolean(form.dataset.kept);
    if (done) scored += 1;
    else next ??= form;
  }
  const waiting = kept.filter(isUnsent).length;
  page.querySelector("[data-scored]").textContent = scored;
  page.querySelector("progress").value = scored;
  const waits = page.querySelector("[data-waiting]");
  waits.hidden = !waiting;
  waits.querySelector("b").textContent = waiting;
  const link = page.querySelector("[data-next]");
  link.href = next ? `#${next.closest("section").id}` : "#steps";
  link.textContent = next ? fill(words.left, { number: forms.length - scored }) : words.done;
  // What is scored and has not arrived stands between the last answer and the step of finishing.
  const away = page.querySelector("[data-away]");
  if (waiting && !next) away.textContent = fill(words.unsent, { number: waiting });
  away.hidden = !waiting || Boolean(next);
  const last = kept.findLast(one => one.state === "sent")?.receipt.etag;
  const stand = `${kept.filter(one => one.state === "sent").length} ${last}`;
  if (settled !== null && !waiting && stand !== settled) refresh();
  if (!waiting) settled = stand;
}

/* The page as it is now is kept for when there is no network, and the steps are those of now. */
let refreshing;
function refresh() {
  clearTimeout(refreshing);
  refreshing = setTimeout(async () => {
    navigator.serviceWorker?.controller?.postMessage({ keep: [location.pathname] });
    const answer = await fetch(location.pathname, { credentials: "same-origin", cache: "no-store" }).catch(() => null);
    if (!answer?.ok || answer.redirected) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-steps]");
    if (fresh) page.querySelector("[data-steps]").replaceChildren(...fresh.childNodes);
  }, 300);
}

/* Finishing and standing back need a network, and everything that was scored before them. */
async function takeStep(event) {
  const form = event.target, away = page.querySelector("[data-away]");
  if (form.dataset.ready) return;
  event.preventDefault();
  away.hidden = true;
  await sendKept({ now: true });
  const left = (await entries()).filter(one => ours(one) && one.fields.seat === seat && isUnsent(one)).length;
  const there = await fetch(location.pathname, { method: "HEAD", cache: "no-store" }).then(() => true, () => false);
  const finishing = form.elements.step.value === "finish";
  if (there && !(finishing && left)) {
    form.dataset.ready = "yes";
    form.requestSubmit(event.submitter);
    return;
  }
  away.textContent = there || left && finishing ? fill(words.unsent, { number: left }) : words.away;
  away.hidden = false;
  away.scrollIntoView({ block: "center" });
}

async function start() {
  for (const form of forms) {
    // What the server has of it, before the phone's own is put over it.
    form.stands = form.dataset.kept ? written(form) : { found: "", numbers: [], note: "" };
    const one = await latest(form);
    if (one && (isUnsent(one) || versionOf(one.receipt.etag) > Number(form.elements.version.value))) put(form, one.fields);
    form.querySelectorAll("[data-step]").forEach(button => {
      button.hidden = false;
      button.addEventListener("click", () => step(form, button));
    });
    unsaved(form, false);
    form.addEventListener("input", ({ target }) => { if (target.type !== "radio") touched(form, false); });
    form.addEventListener("change", ({ target }) => changed(form, target));
    form.addEventListener("submit", event => { event.preventDefault(); keepInTurn(form); });
    part(form, "keep-mine").addEventListener("click", async () => enter(await latest(form)));
    part(form, "take-theirs").addEventListener("click", async () => {
      const mine = await latest(form), { now } = mine.refusal;
      put(form, now);
      form.elements.version.value = versionOf(now.etag);
      form.stands = { found: now.found, numbers: now.numbers, note: now.note };
      form.dataset.kept = said(form, now);
      await leave(mine);
    });
  }
  page.querySelector("[data-steps]").addEventListener("submit", takeStep);
  document.addEventListener("queue", draw);
  // What is still being written when the phone is put away is kept.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) for (const form of forms) if (isUnsaved(form)) keepInTurn(form);
  });
  await draw();
  const asked = await entry(location.hash.slice(1) || "-");
  forms.find(form => form.dataset.code === asked?.fields.code)?.closest("section").scrollIntoView();
}

/* On the lists of visits: what waits on this phone. */
async function count() {
  const kept = (await entries()).filter(one => ours(one) && isUnsent(one));
  for (const link of document.querySelectorAll("[data-visits] a")) {
    const number = kept.filter(one => one.fields.seat === Number(link.dataset.seat)).length;
    const waits = link.querySelector("[data-waits]");
    waits.hidden = !number;
    waits.querySelector("b").textContent = number;
  }
}

if (await available()) {
  if (forms.length) await start();
  if (document.querySelector("[data-visits]")) {
    document.addEventListener("queue", count);
    await count();
  }
}
