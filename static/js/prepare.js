// 현장 준비: keeps the pages of an inspection with all they need, under the user's own name. What they show is
// marked with its time; what is saved afterwards is kept beside it (see store.js).

import { entries, send } from "./outbox.js";
import { all, change, preparedId, remove, user } from "./store.js";

export const PREFIX = "salpim-";
const CACHE = PREFIX + user;
const AT_ONCE = 4; // requests

// Resolves to the words that tell how it went.
export async function prepare(inspection, url) {
  await send();
  if ((await entries(inspection)).length) return "보내지 못한 내용이 남아 있어 준비하지 못했습니다. 먼저 보내세요.";
  const startedAt = Date.now();
  const reply = await fetch(url, { headers: { "X-Requested-With": "fetch" }, cache: "no-store" });
  const found = await reply.json();
  if (!reply.ok) {
    await forget(inspection);
    return found.message;
  }
  const row = { id: preparedId(inspection), user, inspection, url: found.url, title: found.title, prepareUrl: url };
  const pages = found.pages.map((page) => new URL(page, location).href);
  // Known as prepared before its pages are read: what is saved meanwhile is kept beside them.
  await change("prepared", row.id, (was) => was ?? { ...row, changedAt: startedAt, pages });
  await keepAll(found, new Date(startedAt).toISOString());
  await forgetConfirmed(inspection, startedAt);
  await change("prepared", row.id, () => ({ ...row, changedAt: startedAt, pages, isWhole: true }));
  navigator.storage?.persist?.();
  return "";
}

// What the server no longer gives out, or what is not wanted any more.
export async function forget(inspection) {
  const row = (await all("prepared")).find((each) => each.inspection === inspection);
  if (!row) return;
  const cache = await caches.open(CACHE);
  for (const page of row.pages) await cache.delete(page, { ignoreVary: true });
  await remove("prepared", [row.id]);
  await forgetConfirmed(inspection, Infinity);
}

// Signing out takes along all that is kept to be read; what is not sent has been asked about before.
export async function forgetAll() {
  await caches.delete(CACHE).catch(() => {});
  for (const store of ["prepared", "confirmed"]) {
    await remove(store, (await all(store).catch(() => [])).map(({ id }) => id)).catch(() => {});
  }
}

async function keepAll({ pages, pictures, shell }, preparedAt) {
  const cache = await caches.open(CACHE);
  const kept = new Set((await cache.keys()).map(({ url }) => new URL(url).pathname));
  const isNew = (url) => !kept.has(url) || !/\.[0-9a-f]{12}\.\w+$/.test(url);
  const jobs = [
    ...pages.map((url) => () => keepPage(cache, url, preparedAt)),
    ...shell.filter((url) => url !== "/offline/" && isNew(url)).map((url) => () => keepPart(cache, url)),
    () => keepPage(cache, "/offline/", preparedAt),
    ...pictures.filter((url) => !kept.has(url)).map((url) => () => keepPart(cache, url)),
  ];
  const workers = Array.from({ length: AT_ONCE }, async () => {
    while (jobs.length) await jobs.shift()();
  });
  await Promise.all(workers);
}

async function keepPage(cache, url, preparedAt) {
  const reply = await fetched(url);
  const headers = new Headers(reply.headers);
  for (const name of ["Content-Encoding", "Content-Length", "Vary"]) headers.delete(name);
  const html = (await reply.text()).replace("<body ", `<body data-prepared="${preparedAt}" `);
  await cache.put(url, new Response(html, { headers }));
}

async function keepPart(cache, url) {
  await cache.put(url, await fetched(url));
}

async function fetched(url) {
  const reply = await fetch(url, { headers: { "X-Requested-With": "page" } });
  if (!reply.ok) throw new Error(`${url}: ${reply.status}`);
  return reply;
}

async function forgetConfirmed(inspection, before) {
  const rows = (await all("confirmed")).filter((row) => row.inspection === inspection && row.changedAt < before);
  await remove("confirmed", rows.map(({ id }) => id));
}
