// What is typed and photographed and not yet confirmed by the server, kept in this browser for one user.
//
// An entry is an answer { values, base } or a photograph { file, caption, rotation … }, each with { id, user,
// inspection, line, url, changedAt, pending?, trouble? }. `pending` holds what an attempt consists of: it is sent
// again as it was, under the same number, until a reply comes, so that a lost reply never makes two saves or a
// false conflict. Only then what was typed meanwhile goes. An entry goes away when the server has confirmed just
// what it holds. `trouble` is what the server did not take, and why; nothing is sent of it until the user has
// decided or typed on.

import * as answers from "./outbox_answers.js";
import * as photos from "./outbox_photos.js";
import { all, change, take, user } from "./store.js";

const KINDS = { answers, photos }; // in this order they are sent
const RETRY = [2000, 5000, 15000, 30000]; // ms after the first, second … failure
const LATE = 3 * 86400e3; // ms
const channel = new BroadcastChannel("salpim-outbox");
let failures = 0;
export const isCut = () => !navigator.onLine || failures > 0; // the last attempt found no server
let timer;

export const changes = new EventTarget();

// Everything of this user that waits, or of one inspection, or of one kind of it; oldest first.
export async function entries(inspection, kind) {
  const found = await Promise.all((kind ? [kind] : Object.keys(KINDS)).map((name) => all(name)));
  return found.flat().filter((entry) => !inspection || entry.inspection === inspection);
}

// The moment of the oldest of these entries, and whether that has to be said aloud.
export function since(waiting) {
  return Math.min(...waiting.map((entry) => entry.changedAt));
}

export function isLate(waiting) {
  return waiting.length > 0 && Date.now() - since(waiting) > LATE;
}

// Keep what a line holds now, and what another window of this user has put there meanwhile: of the values only
// those count that differ from `was`, what this window knew before. Resolves to the values that are kept.
export async function keep({ inspection, line, url, base, values, was }) {
  const id = answers.idOf(inspection, line);
  const kept = await alter("answers", id, (entry, confirmed) => {
    const newer = answers.isNewer(confirmed, base) ? confirmed : undefined;
    const known = (entry ?? newer)?.values;
    return {
      ...(entry ?? { id, user, inspection, line, url, base: newer?.base ?? base, changedAt: Date.now() }),
      values: known ? answers.overlaid(known, values, was) : values,
      trouble: entry?.trouble?.current ? entry.trouble : undefined, // a collision waits for its decision
    };
  });
  return kept.values;
}

export async function keepPhoto(photo) {
  await alter("photos", photo.id, () => ({ ...photo, user, changedAt: Date.now() }));
}

// Change what is kept of a photograph: its caption, how it is turned, another try.
export async function alterPhoto(id, values) {
  await alter("photos", id, (photo) => photo && { ...photo, ...values });
}

// After a collision: what to save now, on the version that stands there.
export async function decide({ inspection, line, base, values }) {
  const id = answers.idOf(inspection, line);
  await alter("answers", id, (entry) => entry && { ...entry, base, values, trouble: undefined });
}

export async function drop(inspection, line) {
  await alter("answers", answers.idOf(inspection, line), () => undefined);
}

export async function dropPhoto(id) {
  await alter("photos", id, () => undefined);
}

export async function dropAll() {
  for (const kind of Object.keys(KINDS)) {
    for (const { id } of await all(kind)) await alter(kind, id, () => undefined);
  }
}

// Send all there is, answers first; one window at a time. Resolves to true if nothing waits any more.
export function send() {
  clearTimeout(timer);
  return navigator.locks.request(`salpim-outbox-${user}`, async () => {
    if (!(await next())) return (await entries()).length === 0;
    const token = await freshToken();
    if (!token) return later();
    for (let found; (found = await next()); ) {
      if (!(await sendOne(found, token))) return later();
    }
    failures = 0;
    return (await entries()).length === 0;
  });
}

// A photograph for which this device has no room: sent from memory, or not at all.
export async function sendUnkept(photo) {
  const { attempt, request } = KINDS.photos;
  const token = await freshToken();
  return token && post(request({ ...photo, pending: attempt(photo) }), token);
}

async function next() {
  for (const kind of Object.keys(KINDS)) {
    const entry = (await all(kind)).find((each) => !each.trouble);
    if (entry) return { kind, id: entry.id };
  }
  return undefined;
}

async function sendOne({ kind, id }, token) {
  const { attempt, request, settled } = KINDS[kind];
  const entry = await alter(kind, id, (kept) => kept && { ...kept, pending: kept.pending ?? attempt(kept) }, { isQuiet: true });
  if (!entry) return true;
  const reply = await post(request(entry), token);
  if (!reply) return false;
  const { line, inspection, pending } = entry;
  await take(kind, id, (kept) => kept && settled(kept, reply), reply);
  tell({ ...reply, kind, id, line, inspection, values: pending.values });
  return true;
}

// The reply, or null where nobody can say whether the request arrived.
async function post({ url, body }, token) {
  body.set("csrfmiddlewaretoken", token);
  const headers = { "X-Requested-With": "fetch", Accept: "application/json" };
  const response = await fetch(url, { method: "POST", body, headers }).catch(() => null);
  if (response?.status === 401) sessionOver();
  if (!response || response.status === 401 || response.status >= 500) return null;
  const isJson = response.headers.get("Content-Type")?.includes("json");
  return { status: response.status, ...(isJson ? await response.json().catch(() => ({})) : {}) };
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

async function alter(kind, id, make, { isQuiet } = {}) {
  const after = await change(kind, id, make);
  if (!isQuiet) tell({ kind, id });
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
