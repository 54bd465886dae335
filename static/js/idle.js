// Warns two minutes before the server ends an idle session, in all windows of the same person at once.

const WARN_SECONDS = 120;
const { idleSeconds, keepUrl } = document.body.dataset;
const dialog = document.getElementById("idle-dialog");
const channel = new BroadcastChannel("salpim-session");
let endsAt = 0;

function find(name) {
  return dialog.querySelector(`[data-idle-${name}]`);
}

function heardFromServer() {
  endsAt = Date.now() + Number(idleSeconds) * 1000;
  show({ isOver: false });
  if (dialog.open) dialog.close();
}

function contact() {
  heardFromServer();
  channel.postMessage("contact");
}

function show({ isOver }) {
  for (const name of ["waiting", "keep"]) find(name).hidden = isOver;
  for (const name of ["over", "login", "close"]) find(name).hidden = !isOver;
}

function sessionOver() {
  endsAt = 0;
  show({ isOver: true });
  document.getElementById("idle-title").textContent = "로그아웃되었습니다";
  if (!dialog.open) dialog.showModal();
}

function tick() {
  if (!endsAt) return;
  const left = Math.ceil((endsAt - Date.now()) / 1000);
  if (left > WARN_SECONDS) return;
  if (left <= 0) {
    sessionOver();
    return;
  }
  find("left").textContent = left >= 60 ? `${Math.floor(left / 60)}분 ${left % 60}초` : `${left}초`;
  if (!dialog.open) dialog.showModal();
}

async function keep() {
  const headers = { "X-CSRFToken": document.querySelector('meta[name="csrf-token"]').content };
  const request = keepUrl ? fetch(keepUrl, { method: "POST", headers, redirect: "error" }) : fetch(location.href);
  const response = await request.catch(() => null);
  if (response?.ok && !response.redirected) contact();
  else sessionOver();
}

find("keep").addEventListener("click", keep);
channel.addEventListener("message", heardFromServer);
document.addEventListener("session:over", sessionOver);
document.addEventListener("htmx:afterRequest", (event) => event.detail.successful && contact());
document.addEventListener("salpim:contact", contact);
setInterval(tick, 1000);
contact();
