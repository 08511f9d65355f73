{% load static %}/* Keeps the pages that work without a network. Served by the desk with the names of this version's files. */
const VERSION = "{{ version }}";
const FILES = [{% for file in files %}"{% static file %}"{% if not forloop.last %}, {% endif %}{% endfor %}];
const PAGES = ["{{ log }}", "{{ queue }}", "{{ confirm }}", "{{ today }}", "{{ sessions }}", "{{ log_duty }}"];
// The form of one course's session is the page of all of them, which finds the course by the address.
const SESSION = "{{ session }}".split("0");
// Where assessors score on the spot: the list of visits and the page of each town.
const PANEL = "{{ panel }}";
// How long the network may take before the kept page is shown; the two that need nothing new are not waited for.
const PATIENCE = { "{{ log }}": 250, "{{ queue }}": 250 }, ELSE = 2500;
const KEPT = { files: `files ${VERSION}`, pages: `pages ${VERSION}` };

self.addEventListener("install", event => event.waitUntil(
  Promise.all([caches.open(KEPT.files).then(kept => kept.addAll(FILES)), keepOwn()])));
self.addEventListener("activate", event => event.waitUntil(self.clients.claim().then(dropOlder)));
self.addEventListener("message", event => {
  if (event.data === "take over") self.skipWaiting();
  if (event.data === "forget") event.waitUntil(inTurn(forget));
  if (event.data === "keep anew") event.waitUntil(inTurn(() => forget().then(keepOwn)));
  if (event.data.keep) event.waitUntil(inTurn(() => keep(event.data.keep.filter(ofPanel), event.data.older)));
});
self.addEventListener("fetch", event => {
  const { request } = event, address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== location.origin) return;
  if (address.pathname.startsWith("{% get_static_prefix %}")) event.respondWith(file(request));
  else if (request.mode === "navigate") event.respondWith(page(event, address));
});

/* What is asked of the worker is done one after the other: what is kept must not be forgotten by what was asked before. */
let last = Promise.resolve();
const inTurn = work => last = last.then(work, work);

/* `older`: only where it was kept so many milliseconds ago. */
async function keep(paths, older = 0) {
  const pages = await caches.open(KEPT.pages);
  await Promise.all(paths.map(async path => {
    const known = await pages.match(path);
    if (known && Date.now() - new Date(known.headers.get("date")) < older) return;
    const answer = await fetch(path, { credentials: "same-origin", cache: "no-store" }).catch(() => null);
    if (answer?.ok && !answer.redirected) await pages.put(path, answer);
  }));
}

/* Of the pages those that whoever is signed in may open. */
async function keepOwn() {
  const answer = await fetch("{{ kept }}", { credentials: "same-origin", cache: "no-store" }).catch(() => null);
  if (answer?.ok && !answer.redirected) await keep((await answer.json()).pages);
}

async function forget() {
  for (const name of await caches.keys()) if (name.startsWith("pages ")) await caches.delete(name);
}

/* The last version's files go when this one's pages are there: a kept page needs the files it was made with. */
async function dropOlder() {
  const pages = await caches.open(KEPT.pages);
  if (!await pages.match("{{ queue }}")) return;
  for (const name of await caches.keys()) if (!Object.values(KEPT).includes(name)) await caches.delete(name);
}

const file = async request => await caches.match(request) || fetch(request);

async function page(event, address) {
  const name = nameOf(address);
  const fresh = fetch(event.request).then(async answer => {
    if (name && answer.ok && !answer.redirected) await (await caches.open(KEPT.pages)).put(name, answer.clone());
    return answer;
  });
  event.waitUntil(fresh.catch(() => {}));
  const kept = await match(name) || await match(standsFor(address.pathname));
  if (!kept) return fresh.catch(() => Response.redirect("{{ queue }}#offline"));
  const patience = new Promise(done => setTimeout(done, PATIENCE[address.pathname] || ELSE, kept));
  return Promise.race([fresh.then(answer => answer.status >= 500 ? kept : answer), patience]).catch(() => kept);
}

/* The kept page that is shown for an address where the network is too slow. */
function standsFor(path) {
  if (PAGES.includes(path)) return path;
  return path.startsWith(SESSION[0]) && path.endsWith(SESSION[1]) ? "{{ sessions }}" : null;
}

/* Under which name a page is kept: the pages that work without a network, and the log form of each station. */
function nameOf({ pathname, search }) {
  const ofStation = pathname === PAGES[0] && /^\?station=\d+$/.test(search);
  return PAGES.includes(pathname) && (!search || ofStation) || ofPanel(pathname) && !search ? pathname + search : null;
}

function ofPanel(path) {
  return path.startsWith(PANEL) && /^(\d+\/)?$/.test(path.slice(PANEL.length));
}

const match = async name => name && (await (await caches.open(KEPT.pages)).match(name) || caches.match(name));
