/* Photos: made smaller on the phone, sent in pieces that go on where the network broke off. Used by the pages and the queue. */
const LONGEST_SIDE = 1600, QUALITY = .82;
const SMALLEST = 64 * 1024, LARGEST = 256 * 1024;
const PATIENCE = [1000, 2000, 4000, 8000], QUICK = 1500;
const UPLOADS = "/api/v1/uploads/";

/* What the server refuses for good: `status`, and `problem` as it was answered. A broken network is another error. */
export class Refused extends Error {
  constructor(status, problem) {
    super(problem.errors?.[0]?.message || problem.detail || String(status));
    Object.assign(this, { status, problem });
  }
}

/* A photo as a JPEG of at most 1600 pixels a side, upright, with nothing but its pixels; the file itself where that fails. */
export async function shrink(file) {
  if (!file.type.startsWith("image/") || !globalThis.createImageBitmap) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(picture.width * scale));
    canvas.height = Math.max(1, Math.round(picture.height * scale));
    const paper = canvas.getContext("2d");
    paper.fillStyle = "#fff";
    paper.fillRect(0, 0, canvas.width, canvas.height);
    paper.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    return await new Promise(done => canvas.toBlob(blob => done(blob || file), "image/jpeg", QUALITY));
  } catch {
    return file;
  }
}

/* Everything `send` takes of a photo but the subject and the token; it may be kept in IndexedDB meanwhile. */
export async function prepare(file) {
  const [blob, originalSha256, takenAt] = [await shrink(file), await digest(file), await taken(file)];
  return { blob, name: file.name, clientUuid: uuid(), originalSha256, takenAt };
}

/* Sends a file, from where it broke off if it was begun; answers the upload with its `attachment`. Sent again it is sent once.
   `subject`: the activity's client id, or its id. `csrf`: the token, or what gives it. Throws Refused, or a network error. */
export async function send({ subject, blob, name, clientUuid, csrf, originalSha256, takenAt, progress }) {
  const call = caller(csrf);
  const sha256 = await digest(blob);
  const announced = { client_uuid: clientUuid, subject, name: name || "photo.jpg", size: blob.size };
  if (sha256) announced.sha256 = sha256;
  if (originalSha256) announced.original_sha256 = originalSha256;
  if (takenAt) announced.taken_at = takenAt;
  const begin = () => call("POST", UPLOADS, JSON.stringify(announced), { "Content-Type": "application/json" });
  let upload = await begin(), length = SMALLEST, failures = 0, restarts = 0;
  while (!upload.attachment) {
    progress?.(upload.offset / blob.size);
    const piece = blob.slice(upload.offset, upload.offset + length);
    const headers = { "Content-Type": "application/offset+octet-stream", "Upload-Offset": String(upload.offset) };
    const begun = Date.now();
    try {
      upload = await call("PATCH", `${UPLOADS}${upload.id}/`, piece, headers);
      failures = 0;
      if (Date.now() - begun < QUICK) length = Math.min(LARGEST, length * 2);
    } catch (error) {
      const code = error.problem?.code;
      if (code === "offset") {
        upload = { ...upload, offset: error.problem.offset, attachment: error.problem.attachment };
      } else if ((code === "upload_hash" || code === "upload_expired") && restarts++ < 1) {
        upload = await begin();
      } else if (error instanceof Refused && error.status < 500) {
        throw error;
      } else {
        if (failures >= PATIENCE.length) throw error;
        await new Promise(done => setTimeout(done, PATIENCE[failures++]));
        length = SMALLEST;
        upload = await call("GET", `${UPLOADS}${upload.id}/`).catch(() => upload);
      }
    }
  }
  progress?.(1);
  return upload;
}

function caller(csrf) {
  return async (method, address, body, headers = {}) => {
    const token = typeof csrf === "function" ? csrf() : csrf;
    const answer = await fetch(address, {
      method, body, credentials: "same-origin", headers: { Accept: "application/json", "X-CSRFToken": token, ...headers },
    });
    const read = await answer.json().catch(() => ({}));
    if (!answer.ok) throw new Refused(answer.status, read);
    return read;
  };
}

/* SHA-256 in hexadecimal; empty where the browser has none, over plain http. */
async function digest(blob) {
  if (!globalThis.crypto?.subtle) return "";
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", await blob.arrayBuffer()));
  return Array.from(bytes, byte => byte.toString(16).padStart(2, "0")).join("");
}

function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = bytes[6] & 15 | 64;
  bytes[8] = bytes[8] & 63 | 128;
  const digits = Array.from(bytes, byte => byte.toString(16).padStart(2, "0")).join("");
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/* When the camera says it took the picture, as an instant; shrinking would lose it. Nothing else of EXIF is read. */
async function taken(file) {
  try {
    const view = new DataView(await file.slice(0, 128 * 1024).arrayBuffer());
    if (view.getUint16(0) !== 0xffd8) return null;
    for (let at = 2; view.getUint8(at) === 0xff; at += 2 + view.getUint16(at + 2)) {
      if (view.getUint16(at) === 0xffe1 && view.getUint32(at + 4) === 0x45786966) return moment(view, at + 10);
    }
  } catch { /* A picture without a readable time has none. */ }
  return null;
}

function moment(view, start) {
  const little = view.getUint16(start) === 0x4949;
  const entry = (directory, tag) => {
    for (let number = view.getUint16(directory, little), at = directory + 2; number--; at += 12) {
      if (view.getUint16(at, little) === tag) return at;
    }
    return 0;
  };
  const pointed = at => start + view.getUint32(at + 8, little);
  const text = at => at && String.fromCharCode(...new Uint8Array(view.buffer, view.getUint32(at + 4, little) > 4 ? pointed(at) : at + 8, view.getUint32(at + 4, little) - 1));
  const inner = entry(start + view.getUint32(start + 4, little), 0x8769);
  const found = inner && /^(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)/.exec(text(entry(pointed(inner), 0x9003)));
  if (!found) return null;
  const offset = /^[+-]\d\d:\d\d$/.exec(text(entry(pointed(inner), 0x9011)) || "");
  const at = new Date(`${found[1]}-${found[2]}-${found[3]}T${found[4]}${offset ? offset[0] : ""}`);
  return isNaN(at) ? null : at.toISOString();
}

/* The form of an activity's page sends its photos this way; without this script it posts them as they are. */
function enhance(form) {
  const status = form.querySelector("[role=status]"), button = form.querySelector("button"), prepared = new Map();
  form.addEventListener("submit", async event => {
    const files = [...form.elements.file.files];
    if (!files.length) return;
    event.preventDefault();
    button.disabled = true;
    status.hidden = false;
    try {
      for (const [index, file] of files.entries()) {
        const say = part => { status.textContent = `${form.dataset.sending} ${index + 1}/${files.length} · ${Math.round(part * 100)} %`; };
        say(0);
        if (!prepared.has(file)) prepared.set(file, await prepare(file));
        await send({ ...prepared.get(file), subject: form.dataset.photos, csrf: form.elements.csrfmiddlewaretoken.value, progress: say });
      }
      location.assign(form.dataset.then || location.href);
    } catch (error) {
      status.textContent = error instanceof Refused ? error.message : form.dataset.failed;
      button.disabled = false;
    }
  });
}

for (const form of globalThis.document?.querySelectorAll("form[data-photos]") || []) enhance(form);
