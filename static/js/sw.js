// The service worker: without a network it answers with what prepare.js has kept, and with nothing else.
// It keeps nothing by itself and knows no user: the pages decide what there is (see prepare.js, prepared.js).

const PATIENCE = 8000; // ms until a page that is kept here is shown in place of a network that does not answer
const OFFLINE = "/offline/";
const HASHED = /\.[0-9a-f]{12}\.\w+$/; // such a file never changes

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (request.destination) event.respondWith(part(request)); // script, style, font, picture
});

// The network first: what is kept is as old as its preparation.
async function page(request) {
  const kept = await find(request.url);
  try {
    const reply = await (kept ? within(PATIENCE, fetch(request)) : fetch(request));
    if (reply.status < 500 || !kept) return reply;
  } catch {
    // no network, or none that answers in time
  }
  return kept ?? (await find(OFFLINE)) ?? Response.error();
}

async function part(request) {
  const kept = await find(request.url);
  if (kept && HASHED.test(request.url)) return kept;
  return fetch(request).catch(() => kept ?? Response.error());
}

function find(url) {
  return caches.match(url, { ignoreVary: true });
}

function within(patience, reply) {
  return Promise.race([reply, new Promise((_, reject) => setTimeout(reject, patience))]);
}
