/* On every page of the desk: the number of unsent records, their sending, the worker that keeps the pages, and what forms do. */
import { available, cookie, dropNames, dropOldNames, entries, fact, isUnsent, keepSending, me, note, photos } from "./queue.js";

const counter = document.getElementById("unsent");
const worker = navigator.serviceWorker;
// What was kept lately is not asked for again with every page.
const FRESH = 5 * 60 * 1000;

async function count() {
  const [kept, pictures] = [await entries(), await photos()];
  const unsent = kept.filter(isUnsent).length;
  counter.querySelector("b").textContent = unsent;
  counter.classList.toggle("some", unsent > 0 || pictures.length > 0);
  counter.hidden = false;
}

const halfFilled = () => [...document.querySelectorAll("form.entry :is(input, textarea)")].some(field =>
  field.type !== "hidden" && (field.value !== field.defaultValue || field.checked !== field.defaultChecked));

/* A new version takes over where nothing is half filled in, else with the next page; the queue is not touched. */
function offer(waiting) {
  if (halfFilled()) document.getElementById("fresh").hidden = false;
  else waiting.postMessage("take over");
}

async function keepPages() {
  const before = worker.controller;
  worker.addEventListener("controllerchange", () => { if (before) document.getElementById("fresh").hidden = false; });
  const registration = await worker.register(counter.dataset.worker);
  if (registration.waiting && before) offer(registration.waiting);
  registration.addEventListener("updatefound", () => {
    const coming = registration.installing;
    coming.addEventListener("statechange", () => { if (coming.state === "installed" && before) offer(coming); });
  });
  // On a shared phone nobody finds the pages of whoever had it before.
  if (await fact("user") !== me.user) {
    await note("user", me.user);
    if (before) before.postMessage("keep anew");
  }
  // What a page leads to that is needed where there is no network.
  const wanted = [...document.querySelectorAll("a[data-keep]")].map(link => link.pathname);
  if (wanted.length) (await worker.ready).active.postMessage({ keep: wanted, older: FRESH });
}

/* Signing out takes the pages and the names off this phone; what is unsent stays, for whoever entered it. */
async function leave(event) {
  const form = event.target;
  if (form.dataset.left) return;
  event.preventDefault();
  worker?.controller?.postMessage("forget");
  // Whoever signs in next, the same person too, has the pages kept anew.
  await dropNames().then(() => note("user", null)).catch(() => {});
  form.dataset.left = "yes";
  form.requestSubmit();
}

/* A number and "not recorded" exclude each other; the device's clock goes along. */
for (const form of document.querySelectorAll("form.entry")) {
  const { attendance, not_recorded: notRecorded, device_at: deviceAt } = form.elements;
  if (attendance && notRecorded) {
    attendance.addEventListener("input", () => { if (attendance.value) notRecorded.checked = false; });
    notRecorded.addEventListener("change", () => { if (notRecorded.checked) attendance.value = ""; });
  }
  form.addEventListener("submit", () => { if (deviceAt) deviceAt.value = new Date().toISOString(); });
}

/* A kept page may be older than the session: its forms go with the token of now, under the mask that tells this page. */
const SIGNS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

function masked(secret, token) {
  const mask = token.slice(0, 32);
  const place = index => (SIGNS.indexOf(secret[index]) + SIGNS.indexOf(mask[index])) % SIGNS.length;
  return mask + Array.from(mask, (_sign, index) => SIGNS[place(index)]).join("");
}

async function sendAfresh(event) {
  const form = event.target, field = form.elements.csrfmiddlewaretoken, secret = cookie("csrftoken");
  if (event.defaultPrevented || form.method !== "post" || field?.value.length !== 64) return;
  if (secret.length === 32) {
    field.value = masked(secret, field.value);
    return;
  }
  // Any page with a form gives the cookie anew.
  event.preventDefault();
  await fetch(location.pathname, { credentials: "same-origin", cache: "no-store" }).catch(() => {});
  if (cookie("csrftoken")) form.requestSubmit(event.submitter);
  else HTMLFormElement.prototype.submit.call(form);
}

addEventListener("submit", sendAfresh);

if (await available()) {
  document.addEventListener("queue", count);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) count(); });
  document.querySelector("form[action*=logout]")?.addEventListener("submit", leave);
  await dropOldNames();
  await count();
  keepSending();
  if (worker) {
    if (document.readyState === "complete") keepPages();
    else addEventListener("load", () => keepPages().catch(() => {}));
  }
}
