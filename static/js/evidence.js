// Photographs and papers of a line: picked, dropped or taken with the camera, several at once. Each is made
// smaller, kept in this browser and sent by the outbox; until then it stands at its line as a card with its
// caption. Without this script the same link leads to a plain form.

import { hasCamera, openCamera } from "./camera.js";
import { alterPhoto, changes, dropPhoto, entries, isCut, keepPhoto, send, sendUnkept } from "./outbox.js";
import { lighter } from "./photo_file.js";

const form = document.querySelector("[data-checklist]");
const template = document.querySelector("[data-photo-card]");
const picker = Object.assign(document.createElement("input"), {
  type: "file",
  multiple: true,
  accept: "image/jpeg,image/png,image/webp,image/heic,image/heif,application/pdf,.heic,.heif",
});
const cards = new Map(); // id of the photograph → its card
let place = null;

if (form) start();

function start() {
  form.addEventListener("click", clicked);
  picker.addEventListener("change", () => addAll(place, picker.files));
  form.addEventListener("dragover", (event) => event.target.closest("[data-files]") && event.preventDefault());
  form.addEventListener("drop", dropped);
  changes.addEventListener("changed", ({ detail }) => (detail.kind === "photos" || detail.isWaiting) && changed(detail));
  for (const button of form.querySelectorAll("[data-take-photo]")) button.hidden = !hasCamera;
  showAll().catch(() => {}); // a browser without room for it keeps nothing
}

function clicked(event) {
  const line = event.target.closest("[data-line]");
  if (event.target.closest("[data-take-photo]")) openCamera((photo) => add(line, photo));
  if (!event.target.closest("[data-add-evidence]")) return;
  event.preventDefault();
  place = line;
  picker.value = "";
  picker.click();
}

function dropped(event) {
  const line = event.target.closest("[data-files]")?.closest("[data-line]");
  if (!line) return;
  event.preventDefault();
  addAll(line, event.dataTransfer.files);
}

async function addAll(line, files) {
  for (const file of files) await add(line, { name: file.name, ...(await lighter(file)) });
}

// Kept first, sent then.
async function add(line, { file, name, exif, takenAt = "" }) {
  const { inspection } = form.dataset;
  const url = new URL(line.querySelector("[data-add-evidence]").href).pathname;
  const about = { inspection, line: line.dataset.line, url, name, takenAt, caption: "", rotation: 0 };
  const photo = { id: crypto.randomUUID(), file, exif, ...about };
  try {
    await keepPhoto(photo);
  } catch {
    return pass(photo);
  }
  return send();
}

// This device has no room: on to the server at once, and until that is done the page must not be closed.
async function pass(photo) {
  show({ ...photo, trouble: { message: "이 기기에 자리가 없어 바로 보내는 중입니다. 화면을 닫지 마세요.", isFinal: true } });
  const card = cards.get(photo.id);
  card.unkept = photo;
  const reply = await sendUnkept({ ...photo, caption: card.querySelector("input").value });
  if (reply?.status === 201) {
    delete card.unkept;
    return changed({ ...reply, id: photo.id });
  }
  const message = reply?.message ?? "보내지 못했습니다. 저장 공간을 비우거나 연결된 곳에서 다시 올리세요. 화면을 닫으면 없어집니다.";
  return show({ ...photo, trouble: { message, isFinal: Boolean(reply) } });
}

window.addEventListener("beforeunload", (event) => {
  if ([...cards.values()].some((card) => card.unkept)) event.preventDefault();
});

// Cards ------------------------------------------------------------------------------------------------

async function showAll() {
  const waiting = await entries(form.dataset.inspection, "photos");
  for (const photo of waiting) show(photo);
  for (const [id, card] of cards) if (!card.unkept && !waiting.some((photo) => photo.id === id)) leave(card);
}

function changed({ id, status, html, caption, caption_url: captionUrl }) {
  const card = cards.get(id);
  if (card && status < 300) Object.assign(card.dataset, { caption, ...(html && { html, captionUrl }) });
  showAll();
}

function show(photo) {
  const card = cards.get(photo.id) ?? made(photo);
  if (!card) return; // its line is on another page
  const { trouble } = photo;
  card.classList.toggle("upload-failed", Boolean(trouble));
  card.querySelector("[data-state]").textContent = trouble ? trouble.message : isCut() ? "미전송" : "올리는 중";
  card.querySelector("[data-state]").setAttribute("role", trouble ? "alert" : "status");
  card.querySelector("[data-again]").hidden = !trouble || trouble.isFinal;
  card.querySelector("[data-turn]").hidden = !photo.file?.type.startsWith("image/") || Boolean(photo.pending);
  card.querySelector("img").dataset.rotation = photo.rotation;
}

function made(photo) {
  const add = form.querySelector(`[data-line="${photo.line}"] .line-add`);
  if (!add) return null;
  const card = template.content.firstElementChild.cloneNode(true);
  const input = card.querySelector("input");
  card.setAttribute("aria-label", `아직 올리지 않은 파일 ${photo.name}`);
  card.querySelector("[data-name]").textContent = photo.name;
  input.value = photo.caption;
  picture(card, photo);
  input.addEventListener("input", () => describe(photo, card, input.value));
  input.addEventListener("blur", () => showAll());
  card.querySelector("[data-turn]").addEventListener("click", () => turn(photo.id));
  card.querySelector("[data-before]").addEventListener("click", () => before(photo));
  card.querySelector("[data-remove]").addEventListener("click", () => {
    delete card.unkept;
    dropPhoto(photo.id).catch(showAll);
  });
  card.querySelector("[data-again]").addEventListener("click", () => again(photo.id));
  add.before(card);
  cards.set(photo.id, card);
  return card;
}

function picture(card, { file, name }) {
  const image = card.querySelector("img");
  if (!file?.type.startsWith("image/")) return;
  image.src = URL.createObjectURL(file);
  image.alt = name;
  image.addEventListener("load", () => (image.hidden = false)); // what this browser cannot draw stays a name
}

// The server has it, or it was taken out. While its caption is being typed the card stays.
function leave(card) {
  if (card.contains(document.activeElement) && card.dataset.html) return;
  const image = card.querySelector("img");
  if (image.src) URL.revokeObjectURL(image.src);
  const [id] = [...cards].find(([, each]) => each === card);
  const isThere = form.querySelector(`[data-evidence="${id}"]`); // a reply that was lost, and the page opened anew
  const sent = document.createElement("template");
  sent.innerHTML = isThere ? "" : (card.dataset.html ?? "");
  card.replaceWith(sent.content);
  cards.delete(id);
  document.dispatchEvent(new CustomEvent("salpim:contact"));
}

async function describe(photo, card, caption) {
  const { caption: was, captionUrl } = card.dataset;
  if (!captionUrl) await alterPhoto(photo.id, { caption });
  else await keepPhoto({ ...photo, file: undefined, exif: undefined, caption, sent: { caption: was, captionUrl } });
  clearTimeout(card.timer);
  card.timer = setTimeout(send, 800);
}

async function turn(id) {
  const photo = (await entries(form.dataset.inspection, "photos")).find((each) => each.id === id);
  if (photo && !photo.pending) await alterPhoto(id, { rotation: (photo.rotation + 90) % 360 });
}

// Changes places with the card before: the older one is sent first, and stands first.
async function before({ id, line }) {
  const waiting = (await entries(form.dataset.inspection, "photos")).filter((each) => each.line === line);
  const at = waiting.findIndex((each) => each.id === id);
  if (at < 1) return;
  const [one, other] = [waiting[at], waiting[at - 1]];
  await alterPhoto(one.id, { changedAt: other.changedAt });
  await alterPhoto(other.id, { changedAt: one.changedAt });
  cards.get(other.id)?.before(cards.get(one.id));
  cards.get(one.id)?.querySelector("[data-before]").focus();
}

async function again(id) {
  const { unkept } = cards.get(id);
  if (unkept) return pass(unkept);
  await alterPhoto(id, { trouble: undefined });
  return send();
}
