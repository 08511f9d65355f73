/* What a phone keeps until the server has given a receipt for it: entries and photos in IndexedDB, and how they are sent. */
const MIGRATIONS = [
  base => {
    base.createObjectStore("entries", { keyPath: "client_uuid" });
    base.createObjectStore("photos", { keyPath: "clientUuid" });
    base.createObjectStore("facts");
  },
  base => base.createObjectStore("rosters", { keyPath: "course" }),
];
const STORES = ["entries", "photos", "facts", "rosters"];
const MOST_RECORDS = 200, MOST_BYTES = 700_000, KEPT_SENT = 50;
const EVERY = 30_000, LONGEST_PAUSE = 300_000, PATIENCE = 30_000, IN_FLIGHT = 1000;
const UNSENT = ["saved", "waiting"];
const counter = document.getElementById("unsent");

/* Who is signed in, as the page was made for; the server compares it with the session. */
export const me = { user: Number(counter?.dataset.user), name: counter?.dataset.name || "" };

let opened;
function open() {
  return opened ??= new Promise((done, failed) => {
    const asked = indexedDB.open("desk", MIGRATIONS.length);
    asked.onupgradeneeded = ({ oldVersion }) => MIGRATIONS.slice(oldVersion).forEach(step => step(asked.result));
    asked.onerror = () => failed(asked.error);
    asked.onsuccess = () => {
      // A newer version of the app in another tab must not wait for this one.
      asked.result.onversionchange = () => { asked.result.close(); opened = undefined; };
      done(asked.result);
    };
  });
}

/* One transaction over all stores; `work` may give back a request, whose result is the answer. */
export async function run(mode, work) {
  const transaction = (await open()).transaction(STORES, mode, { durability: "strict" });
  const stores = Object.fromEntries(STORES.map(name => [name, transaction.objectStore(name)]));
  const asked = work(stores);
  await new Promise((done, failed) => {
    transaction.oncomplete = done;
    transaction.onabort = () => failed(transaction.error);
  });
  if (mode === "readwrite") document.dispatchEvent(new Event("queue"));
  return asked?.result;
}

/* Whether this browser keeps anything: in some private windows it does not, and then the plain form is sent. */
export const available = () => globalThis.indexedDB ? open().then(() => true, () => false) : Promise.resolve(false);
export const entries = async () => (await run("readonly", ({ entries }) => entries.getAll())).sort(by("saved_at"));
export const entry = key => run("readonly", ({ entries }) => entries.get(key));
export const photos = () => run("readonly", ({ photos }) => photos.getAll());
export const fact = name => run("readonly", ({ facts }) => facts.get(name));
export const note = (name, value) => run("readwrite", ({ facts }) => facts.put(value, name));
export const isUnsent = one => UNSENT.includes(one.state) || one.state === "refused";

export function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = bytes[6] & 15 | 64;
  bytes[8] = bytes[8] & 63 | 128;
  const digits = Array.from(bytes, byte => byte.toString(16).padStart(2, "0")).join("");
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/* Keeps entries with their photos, all or none; they are acknowledged when this resolves. */
export function save(made, pictures = []) {
  const kept = made.map(fresh);
  navigator.storage?.persist?.().catch(() => {});
  return run("readwrite", stores => {
    for (const one of kept) stores.entries.put(one);
    for (const picture of pictures) stores.photos.put({ clientUuid: uuid(), ...picture, user: me.user });
  }).then(() => kept);
}

/* `page` is where an entry is edited: the form that made it; `values` is what stood in the form, and `base` what a change is on. */
function fresh(one) {
  const now = new Date().toISOString();
  return {
    activity: null, seen: null, after: null, fields: {}, tries: 0, client_uuid: uuid(), device_at: now, page: "",
    ...one, user: me.user, user_name: me.name, state: "saved", code: "", refusal: null, saved_at: now,
  };
}

/* Another entry stands for one that was refused: its photos go over to it, in one transaction. */
export function replace(key, made) {
  const one = fresh(made);
  return take(key, picture => ({ ...picture, entry: one.client_uuid }), one);
}

/* Gives an entry up for what stands there already; its photos are of that event too, and go to the record. */
export const yieldTo = (key, subject) => take(key, picture => ({ ...picture, subject }));

function take(key, change, instead) {
  return run("readwrite", stores => {
    stores.entries.delete(key);
    if (instead) stores.entries.put(instead);
    const asked = stores.photos.getAll();
    asked.onsuccess = () => {
      for (const picture of asked.result) if (picture.entry === key) stores.photos.put(change(picture));
    };
  });
}

/* A photo that was refused is tried again, or taken off this phone. */
export const retryPhoto = picture => run("readwrite", ({ photos }) => photos.put({ ...picture, refusal: "" }));
export const dropPhoto = picture => run("readwrite", ({ photos }) => photos.delete(picture.clientUuid));

/* Names are on this phone only while somebody is signed in who needs them, and no longer than a week without a network. */
const LONGEST_NAMES = 7 * 24 * 3600 * 1000;
export function dropNames() {
  return run("readwrite", ({ rosters, facts }) => {
    rosters.clear();
    facts.delete("rosters asked");
  });
}

export async function dropOldNames() {
  const kept = await run("readonly", ({ rosters }) => rosters.getAll());
  const stale = kept.some(one => one.user !== me.user || Date.now() - one.kept_at > LONGEST_NAMES);
  if (stale) await dropNames();
}

/* Takes one entry off this phone with its photos. */
export async function remove(key) {
  const belonging = (await photos()).filter(picture => picture.entry === key);
  return run("readwrite", stores => {
    stores.entries.delete(key);
    for (const picture of belonging) stores.photos.delete(picture.clientUuid);
  });
}

/* The queue as a file that another machine brings in; photos stay here. */
export async function file() {
  const records = (await entries()).filter(one => one.user === me.user && isUnsent(one)).map(wire);
  return { format: "culture-desk-queue", version: 1, user: me.user, user_name: me.name, saved_at: new Date(), records };
}

const wire = ({ client_uuid, kind, activity, fields, seen, after, device_at }) => ({
  mark: { client_uuid, kind, fields, seen, device_at },
  duty: { client_uuid, kind, fields, device_at },
})[kind] || { client_uuid, kind, activity, fields, seen, after, device_at };
/* Where an entry is brought: what assessors find and the days of stewards go to doors of their own. */
const doorOf = ({ kind }) => ({ mark: counter.dataset.marks, duty: counter.dataset.duty })[kind] || counter.dataset.receipts;
const by = name => (one, other) => one[name] < other[name] ? -1 : 1;
export const cookie = name => document.cookie.match(`(?:^|; )${name}=([^;]*)`)?.[1] || "";

let most = MOST_RECORDS, pause = 0, notBefore = 0, running, again = false, timer;

/* Sends what is unsent and one's own. Only a receipt is success; whatever else comes, the entries stay. */
export function sendKept({ now = false } = {}) {
  if (now) notBefore = 0;
  if (Date.now() < notBefore) return Promise.resolve();
  // What is asked for while an attempt is under way may have come too late for it.
  if (running) again ||= now;
  return running ??= attempts().finally(() => { running = undefined; });
}

async function attempts() {
  do {
    again = false;
    await attempt();
  } while (again);
}

/* Tries again after so long, without anybody asking. */
function later(milliseconds) {
  notBefore = Date.now() + milliseconds;
  clearTimeout(timer);
  timer = setTimeout(() => sendKept().catch(() => {}), milliseconds + 10);
}

async function attempt() {
  const asked = new Set();
  const due = async () => (await entries()).filter(
    one => one.user === me.user && UNSENT.includes(one.state) && !asked.has(one.client_uuid));
  for (let left = await due(); left.length; left = await due()) {
    const part = portion(left);
    if (!await sent(part)) return;
    part.forEach(one => asked.add(one.client_uuid));
  }
  await sendPhotos();
}

function portion(left) {
  let bytes = 0;
  const part = left.filter(one => doorOf(one) === doorOf(left[0])).slice(0, most).filter(one => (bytes += JSON.stringify(one.fields).length * 3) < MOST_BYTES);
  return part.length ? part : left.slice(0, 1);
}

/* One request; whether the next may follow. */
async function sent(part) {
  const body = JSON.stringify({ user: me.user, records: part.map(wire) });
  // The key outlives a lost reply: the same request again is answered the same.
  const last = await fact("request");
  const key = last?.body === body ? last.key : uuid();
  await note("request", { key, body });
  let status = 0, read = null;
  try {
    const answer = await fetch(doorOf(part[0]), {
      method: "POST", body, credentials: "same-origin", signal: AbortSignal.timeout(PATIENCE),
      headers: { "Content-Type": "application/json", "X-CSRFToken": cookie("csrftoken"), "Idempotency-Key": key },
    });
    // A page of the desk leads whoever is not signed in to sign in.
    status = answer.redirected ? 401 : answer.status;
    read = await answer.json().catch(() => null);
  } catch { /* No network, or none that answers: `navigator.onLine` would not know. */ }
  if (status === 200 && read?.receipts) {
    [most, pause] = [Math.min(MOST_RECORDS, most * 2), 0];
    await note("request", null);
    await settle(part, read);
    return true;
  }
  // A page that was left while it sent: the first request is still at work, and its answer is asked for again.
  if (status >= 400 && status < 500 && read?.code !== "in_flight") await note("request", null);
  if (status === 401 || read?.code === "csrf") return keep(part, "sign_in");
  if (status === 403) return keep(part, "not_permitted");
  if (read?.code === "other_user") return keep(part, "other_user");
  if (status >= 400 && ![409, 429, 502, 503, 504].includes(status)) {
    if (status < 500 && part.length === 1) return settle(part, { receipts: [], refusals: [refused(part[0], read)] });
    // One record the server stumbles over must not hold up the others.
    most = Math.max(1, part.length >> 1);
  }
  if (status >= 400) {
    pause = Math.min(LONGEST_PAUSE, (pause || 2500) * 2);
    later(status === 409 ? IN_FLIGHT : pause);
  }
  return keep(part, status ? "server" : "network");
}

const refused = (one, read) =>
  ({ client_uuid: one.client_uuid, code: read?.code || "refused", message: read?.detail || "", field: "" });

async function keep(part, code) {
  await update(part, one => ({ ...one, state: "waiting", code, tries: one.tries + 1 }));
  return false;
}

async function settle(part, { receipts, refusals }) {
  const given = new Map(receipts.map(receipt => [receipt.client_uuid, receipt]));
  const told = new Map(refusals.map(refusal => [refusal.client_uuid, refusal]));
  await update(part, one => {
    const receipt = given.get(one.client_uuid), refusal = told.get(one.client_uuid);
    const tries = one.tries + 1;
    if (receipt) return { ...one, state: "sent", code: "", refusal: null, receipt, tries };
    if (refusal?.code === "waits_for") return { ...one, state: "waiting", code: "waits_for", tries };
    return refusal ? { ...one, state: "refused", code: "refused", refusal, tries } : one;
  });
  const old = (await entries()).filter(one => one.state === "sent").slice(0, -KEPT_SENT);
  const needed = new Set((await photos()).map(picture => picture.entry));
  await run("readwrite", stores => {
    for (const one of old) if (!needed.has(one.client_uuid)) stores.entries.delete(one.client_uuid);
  });
  return true;
}

/* Writes what became of entries; one that was edited or deleted meanwhile is left alone. */
function update(part, change) {
  return run("readwrite", stores => {
    for (const one of part) {
      const asked = stores.entries.get(one.client_uuid);
      asked.onsuccess = () => {
        if (asked.result?.saved_at === one.saved_at) stores.entries.put(change(asked.result));
      };
    }
  });
}

/* Photos follow the receipt of their entry. One that is refused keeps its reason, and the next ones are sent all the same. */
async function sendPhotos() {
  const done = new Map((await entries()).filter(one => one.receipt).map(one => [one.client_uuid, one.receipt.id]));
  const subject = picture => picture.subject || done.get(picture.entry);
  const due = (await photos()).filter(one => one.user === me.user && !one.refusal && subject(one));
  if (!due.length) return;
  const { prepare, send } = await import("./photos.js");
  for (const picture of due) {
    try {
      const ready = picture.raw ? await prepare(picture.raw) : picture;
      await send({ ...ready, clientUuid: picture.clientUuid, subject: subject(picture), csrf: () => cookie("csrftoken") });
      await run("readwrite", stores => stores.photos.delete(picture.clientUuid));
    } catch (error) {
      if (isPassing(error)) return;
      await run("readwrite", stores => stores.photos.put({ ...picture, refusal: error.message }));
    }
  }
}

/* Whether it is the network, the session or the server that fails, and not the photo. */
const isPassing = ({ status, problem }) => !status || status === 401 || status === 429 || status >= 500 || problem?.code === "csrf";

/* Sends at once, when the network comes back, and again and again while something is unsent. */
export function keepSending() {
  const quietly = () => sendKept().catch(() => {});
  quietly();
  addEventListener("online", () => sendKept({ now: true }).catch(() => {}));
  setInterval(quietly, EVERY);
}
