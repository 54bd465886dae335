// What is typed and not yet confirmed by the server, kept in this browser for one user.
//
// An answer is { id, user, inspection, line, url, base, values, changedAt, pending?, trouble? }. `pending` holds
// the key, the base and the values of an attempt: it is sent again as it was, with the same key, until a reply
// comes, so that a lost reply never makes two saves or a false conflict. Only then newer values go, on the base
// that the reply named. An entry goes away when the server has confirmed just what it holds. `trouble` is what
// the server did not take, and why; nothing is sent of it until the user has decided or typed on.

import { openDB } from "../vendor/idb/index.js";

export const user = document.body.dataset.user;
const channel = new BroadcastChannel("salpim-outbox");
const RETRY = [2000, 5000, 15000, 30000]; // ms after the first, second … failure
let failures = 0;
let timer;

export const changes = new EventTarget();

const database = openDB("salpim", 1, {
  upgrade(db) {
    const answers = db.createObjectStore("answers", { keyPath: "id" });
    answers.createIndex("user", "user");
  },
});

database.catch(() => {}); // told where something is to be kept

export async function entries(inspection) {
  const mine = await (await database).getAllFromIndex("answers", "user", user);
  return mine.filter((entry) => !inspection || entry.inspection === inspection).sort(byAge);
}

// How many entries of other people wait on this device; nothing of them is shown.
export async function strangers() {
  const db = await database;
  return (await db.count("answers")) - (await db.countFromIndex("answers", "user", user));
}

// Keep what a line holds now. `base` counts only for a line of which nothing is kept yet.
export async function keep({ inspection, line, url, base, values }) {
  const id = idOf(inspection, line);
  await change(id, (entry) => ({
    ...(entry ?? { id, user, inspection, line, url, base, changedAt: Date.now() }),
    values,
    trouble: entry?.trouble?.current ? entry.trouble : undefined, // a collision waits for its decision
  }));
}

// After a collision: what to save now, on the version that stands there.
export async function decide({ inspection, line, base, values }) {
  await change(idOf(inspection, line), (entry) => entry && { ...entry, base, values, trouble: undefined });
}

export async function drop(inspection, line) {
  await change(idOf(inspection, line), () => undefined);
}

export async function dropAll() {
  for (const entry of await entries()) await drop(entry.inspection, entry.line);
}

// Send all there is, oldest first; one window at a time. Resolves to true if nothing waits any more.
export function send() {
  clearTimeout(timer);
  return navigator.locks.request(`salpim-outbox-${user}`, async () => {
    if (!(await entries()).some((entry) => !entry.trouble)) return (await entries()).length === 0;
    const token = await freshToken();
    if (!token) return later();
    for (let entry; (entry = (await entries()).find((each) => !each.trouble)); ) {
      if (!(await sendOne(entry, token))) return later();
    }
    failures = 0;
    return (await entries()).length === 0;
  });
}

async function sendOne({ id }, token) {
  const entry = await change(id, (kept) => kept && { ...kept, pending: kept.pending ?? attempt(kept) }, { isQuiet: true });
  if (!entry) return true;
  const reply = await post(entry, token);
  if (!reply) return false;
  const outcome = { id, line: entry.line, inspection: entry.inspection, values: entry.pending.values, ...reply };
  await change(id, (kept) => kept && settled(kept, reply));
  tell(outcome);
  return true;
}

function attempt({ base, values }) {
  return { key: crypto.randomUUID(), base, values };
}

// The reply, or null where nobody can say whether the request arrived.
async function post({ url, line, pending }, token) {
  const body = new URLSearchParams(pending.values);
  body.set("key", pending.key);
  body.set("line", line);
  body.set(`a${line}-base`, pending.base);
  body.set("csrfmiddlewaretoken", token);
  const headers = { "X-Requested-With": "fetch", Accept: "application/json" };
  const response = await fetch(url, { method: "POST", body, headers }).catch(() => null);
  if (response?.status === 401) sessionOver();
  if (!response || response.status === 401 || response.status >= 500) return null;
  const isJson = response.headers.get("Content-Type")?.includes("json");
  return { status: response.status, ...(isJson ? await response.json().catch(() => ({})) : {}) };
}

function settled(entry, { status, base, message, errors, current }) {
  const { pending, ...rest } = entry;
  const isCurrent = same(rest.values, pending.values); // nothing was typed since it was sent
  if (status === 200) return isCurrent ? undefined : { ...rest, base };
  if (!current && !isCurrent) return rest; // what was refused has been mended meanwhile: try that
  return { ...rest, trouble: { message: message ?? "저장하지 못했습니다.", errors, current, base } };
}

// Somebody else may have signed in at this desk: nothing is sent in his name.
async function freshToken() {
  const { readyUrl } = document.body.dataset;
  const headers = { "X-Requested-With": "fetch" };
  const response = await fetch(readyUrl, { headers, cache: "no-store" }).catch(() => null);
  if (response?.status === 401) sessionOver();
  if (!response?.ok) return null;
  const now = await response.json();
  if (String(now.user) === user) return now.token;
  sessionOver();
  return null;
}

function sessionOver() {
  document.dispatchEvent(new Event("session:over"));
}

function later() {
  const wait = RETRY[Math.min(failures, RETRY.length - 1)];
  failures += 1;
  timer = setTimeout(send, wait);
  changes.dispatchEvent(new CustomEvent("changed", { detail: { isWaiting: true } }));
  return false;
}

// Read, change and write one entry in one transaction. `undefined` takes it away.
async function change(id, make, { isQuiet } = {}) {
  const transaction = (await database).transaction("answers", "readwrite");
  const before = await transaction.store.get(id);
  const after = make(before);
  if (after) await transaction.store.put(after);
  else if (before) await transaction.store.delete(id);
  await transaction.done;
  if (!isQuiet) tell({ id });
  return after;
}

function tell(detail) {
  changes.dispatchEvent(new CustomEvent("changed", { detail }));
  channel.postMessage(detail);
}

channel.addEventListener("message", ({ data }) => {
  changes.dispatchEvent(new CustomEvent("changed", { detail: { ...data, isElsewhere: true } }));
});

for (const [target, name] of [[window, "online"], [window, "focus"], [document, "visibilitychange"]]) {
  target.addEventListener(name, () => document.visibilityState === "visible" && send());
}

export function same(one, other) {
  return Object.keys({ ...one, ...other }).every((name) => tidy(one[name]) === tidy(other[name]));
}

function tidy(value) {
  return (value ?? "").replaceAll("\r\n", "\n").trim();
}

function idOf(inspection, line) {
  return `${user}:${inspection}:${line}`;
}

function byAge(one, other) {
  return one.changedAt - other.changedAt;
}
