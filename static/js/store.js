// The stores of this browser. Every row belongs to one user, and only his are ever read.
//
//   answers, photos   what the server has not confirmed yet (see outbox.js)
//   prepared          the inspections that can be opened without a network (see prepare.js)
//   confirmed         what the server has confirmed since a page was made that is open or kept here

import { openDB } from "../vendor/idb/index.js";

export const { user } = document.body.dataset;
const STORES = ["answers", "photos", "prepared", "confirmed"];
const STRICT = { durability: "strict" }; // on the disk before it counts as kept

const database = openDB("salpim", 2, {
  upgrade(db) {
    for (const name of STORES.filter((each) => !db.objectStoreNames.contains(each))) {
      db.createObjectStore(name, { keyPath: "id" }).createIndex("user", "user");
    }
  },
  // A page of the version before keeps its connection until it is asked to let go.
  blocking: (current, wanted, { target }) => target.close(),
});

database.catch(() => {}); // told where something is to be kept

export async function all(store) {
  const mine = await (await database).getAllFromIndex(store, "user", user);
  return mine.sort((one, other) => one.changedAt - other.changedAt);
}

export async function get(store, id) {
  return (await database).get(store, id);
}

// How many unsent entries of other people wait on this device; nothing of them is shown.
export async function strangers() {
  const db = await database;
  const counts = ["answers", "photos"].map(
    async (name) => (await db.count(name)) - (await db.countFromIndex(name, "user", user)),
  );
  return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
}

// Read, change and write one row in one transaction; `make` also gets what was confirmed under this id.
// `undefined` takes the row away.
export async function change(store, id, make) {
  const transaction = (await database).transaction([store, "confirmed"], "readwrite", STRICT);
  const confirmed = await transaction.objectStore("confirmed").get(id);
  const after = await written(transaction.objectStore(store), id, (before) => make(before, confirmed));
  await transaction.done;
  return after;
}

// The same for an entry that the server has answered. What it confirmed is kept in the same transaction, so that
// a page that was made before, in another window or for the way without a network, never shows less.
export async function take(store, id, make, { status, base }) {
  const transaction = (await database).transaction([store, "confirmed"], "readwrite", STRICT);
  const entry = await transaction.objectStore(store).get(id);
  if (status === 200 && entry?.pending.values) {
    const { user, inspection, line, pending } = entry;
    await transaction.objectStore("confirmed").put({ id, user, inspection, line, base, values: pending.values, changedAt: Date.now() });
  }
  await written(transaction.objectStore(store), id, make);
  await transaction.done;
}

export async function remove(store, ids) {
  const transaction = (await database).transaction(store, "readwrite", STRICT);
  for (const id of ids) await transaction.store.delete(id);
  await transaction.done;
}

export function preparedId(inspection) {
  return `${user}:${inspection}`;
}

async function written(rows, id, make) {
  const before = await rows.get(id);
  const after = make(before);
  if (after) await rows.put(after);
  else if (before) await rows.delete(id);
  return after;
}
