// On every page of somebody signed in: starts the service worker, says what is kept and unsent on this device,
// and takes away what belongs to somebody else. Pages without a network say so, and what works on them.

import { moment } from "./moments.js";
import { changes, entries, isLate, send, since } from "./outbox.js";
import { forget, prepare, PREFIX } from "./prepare.js";
import { all, preparedId, user } from "./store.js";

const STALE = 15 * 60e3; // ms after which kept pages are fetched anew while there is a network
const { prepared } = document.body.dataset; // when this very page was kept; absent: it comes from the server

navigator.serviceWorker?.register("/sw.js").catch(() => {}); // without it the site works as long as there is a network
forgetOthers();
if (prepared) sayOffline();
else send().then(refresh).catch(() => {});
changes.addEventListener("changed", () => badge().catch(() => {}));
badge().catch(() => {}); // a browser without room for it keeps nothing
document.addEventListener("click", clicked);
showButtons().catch(() => {});
showList().catch(() => {});

// Another user has signed in at this device: what the one before could read without a network is gone.
async function forgetOthers() {
  if (prepared || !window.caches) return;
  for (const name of await caches.keys()) {
    if (name.startsWith(PREFIX) && name !== PREFIX + user) await caches.delete(name);
  }
}

async function refresh() {
  for (const { inspection, prepareUrl, changedAt } of await all("prepared")) {
    if (Date.now() - changedAt > STALE) await prepare(inspection, prepareUrl);
  }
}

// The buttons ------------------------------------------------------------------------------------------

async function showButtons() {
  const rows = await all("prepared");
  for (const button of document.querySelectorAll("[data-prepare]")) {
    const row = rows.find((each) => each.id === preparedId(button.dataset.prepare) && each.isWhole);
    button.hidden = !navigator.serviceWorker;
    button.textContent = row ? `현장 준비됨 (${moment(row.changedAt)})` : "현장 준비";
  }
}

async function clicked({ target }) {
  const button = target.closest("[data-prepare], [data-forget]");
  if (!button) return;
  if (button.dataset.forget) await forget(button.dataset.forget).then(showList);
  else await pressed(button);
}

async function pressed(button) {
  Object.assign(button, { disabled: true, textContent: "준비하는 중" });
  const failed = await prepare(button.dataset.prepare, button.dataset.prepareUrl).catch(
    () => "다 받지 못했습니다. 연결을 확인하고 다시 누르세요.",
  );
  button.disabled = false;
  await showButtons();
  const done = "준비했습니다. 이제 네트워크가 없어도 이 점검의 점검표를 열고, 적고, 사진을 찍을 수 있습니다.";
  const detail = failed || { text: done, tone: "success" };
  document.dispatchEvent(new CustomEvent("salpim:toast", { detail }));
}

// What the pages say ---------------------------------------------------------------------------------

async function badge() {
  const link = document.querySelector("[data-unsent-link]");
  if (!link) return;
  const waiting = await entries();
  link.hidden = !waiting.length;
  link.querySelector("[data-unsent]").textContent = waiting.length;
  link.classList.toggle("unsent-old", isLate(waiting));
}

function sayOffline() {
  const notice = document.getElementById("offline-notice").content.firstElementChild.cloneNode(true);
  notice.querySelector("[data-when]").textContent = moment(new Date(prepared));
  document.getElementById("messages").prepend(notice);
}

// The page of this device: what is prepared, and how much of it is not sent.
async function showList() {
  const list = document.querySelector("[data-prepared-list]");
  if (!list) return;
  const [rows, waiting] = [await all("prepared"), await entries()];
  list.replaceChildren(...rows.map((row) => item(row, waiting.filter((entry) => entry.inspection === row.inspection))));
  document.querySelector("[data-prepared-none]").hidden = rows.length > 0;
  const told = document.querySelector("[data-unsent-told]");
  told.textContent = waiting.length
    ? `보내지 못한 내용 ${waiting.length}건이 ${moment(since(waiting))}부터 이 기기에 있습니다.`
    : "보내지 못한 내용이 없습니다.";
  document.querySelector("[data-unsent-old]").hidden = !isLate(waiting);
}

function item({ url, title, changedAt, inspection }, waiting) {
  const made = document.getElementById("prepared-item").content.firstElementChild.cloneNode(true);
  Object.assign(made.querySelector("a"), { href: url, textContent: title });
  made.querySelector("[data-when]").textContent = `${moment(changedAt)} 준비 · 미전송 ${waiting.length}`;
  Object.assign(made.querySelector("[data-forget]").dataset, { forget: inspection });
  return made;
}
