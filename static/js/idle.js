// Warns two minutes before the server ends an idle session, in all windows of the same person at once.
// After a new sign-in in another window this page gets the new CSRF token from there, so that what was typed
// here can still be sent; only if the same person signed in.

const WARN_SECONDS = 120;
const { idleSeconds, user } = document.body.dataset;
const token = document.querySelector('meta[name="csrf-token"]');
const dialog = document.getElementById("idle-dialog");
const { keepUrl, loginUrl } = dialog.dataset;
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
  channel.postMessage({ user, token: token.content });
}

function heardFromWindow({ data }) {
  if (data.user !== user) {
    sessionOver();
    return;
  }
  token.content = data.token;
  for (const input of document.querySelectorAll('input[name="csrfmiddlewaretoken"]')) input.value = data.token;
  heardFromServer();
}

function show({ isOver }) {
  for (const name of ["waiting", "keep"]) find(name).hidden = isOver;
  for (const name of ["over", "login", "close"]) find(name).hidden = !isOver;
  document.dispatchEvent(new CustomEvent("session:shown", { detail: { isOver } }));
}

function sessionOver() {
  endsAt = 0;
  show({ isOver: true });
  document.getElementById("idle-title").textContent = "로그아웃되었습니다";
  if (!dialog.open) dialog.showModal();
}

function tick() {
  if (!endsAt || document.body.dataset.prepared) return; // without a network nobody is signed in, and work goes on
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
  const headers = { "X-CSRFToken": token.content, "X-Requested-With": "fetch" };
  const response = await fetch(keepUrl, { method: "POST", headers }).catch(() => null);
  if (response?.ok) contact();
  else if (response) sessionOver();
}

find("keep").addEventListener("click", keep);
find("login").href = `${loginUrl}?next=${encodeURIComponent(location.pathname)}`;
channel.addEventListener("message", heardFromWindow);
document.addEventListener("session:over", sessionOver);
// Signed in again in the dialog of this page: every window of the same person goes on with the new token.
document.addEventListener("session:back", ({ detail }) => {
  const news = { user: detail.user, token: detail.token };
  channel.postMessage(news);
  heardFromWindow({ data: news });
});
document.addEventListener("htmx:afterRequest", (event) => event.detail.successful && contact());
document.addEventListener("salpim:contact", contact);
setInterval(tick, 1000);
contact();
