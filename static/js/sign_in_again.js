// Signing in again in the dialog, without leaving the page. A second factor has a page of its own, in a new window.

const template = document.querySelector("[data-idle-template]");
const { readyUrl, user } = document.body.dataset;
const HEADERS = { "X-Requested-With": "XMLHttpRequest", Accept: "application/json" };

let form = null; // there only while it is needed

document.addEventListener("session:shown", ({ detail }) => {
  if (!detail.isOver) form?.remove();
  if (!detail.isOver || form?.isConnected) return;
  form = template.content.firstElementChild.cloneNode(true);
  template.after(form);
  form.addEventListener("submit", submit, { capture: true });
});

async function submit(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
  say("");
  const reply = await signIn().catch(() => null);
  if (!reply) say("서버에 닿지 못했습니다. 연결을 확인하고 다시 해 보세요.");
  else if (reply.location?.includes("/2fa/")) window.open(reply.location, "_blank", "noopener");
  else if (reply.location) await back();
  else say(errorsOf(reply) || "아이디나 비밀번호가 맞지 않습니다.");
}

// The sign-in page gives the token that this sign-in needs.
async function signIn() {
  const page = await fetch(form.action, { headers: { "X-Requested-With": "page" }, cache: "no-store" });
  const html = new DOMParser().parseFromString(await page.text(), "text/html");
  const body = new URLSearchParams(new FormData(form));
  body.set("csrfmiddlewaretoken", html.querySelector('[name="csrfmiddlewaretoken"]')?.value ?? "");
  const response = await fetch(form.action, { method: "POST", body, headers: HEADERS });
  return response.json().catch(() => ({}));
}

async function back() {
  const response = await fetch(readyUrl, { headers: { "X-Requested-With": "fetch" }, cache: "no-store" });
  if (!response.ok) return say("로그인을 마치려면 새 창에서 로그인해 주세요.");
  const now = await response.json();
  if (String(now.user) !== user) return say("다른 사람으로 로그인했습니다. 이 화면을 쓰던 사람으로 로그인해 주세요.");
  form.elements.password.value = "";
  document.dispatchEvent(new CustomEvent("session:back", { detail: { user, token: now.token } }));
  window.dispatchEvent(new Event("focus")); // what waits to be sent goes now
  return undefined;
}

function errorsOf({ form: told }) {
  if (!told) return "";
  return [...(told.errors ?? []), ...Object.values(told.fields ?? {}).flatMap((field) => field.errors ?? [])].join(" ");
}

function say(text) {
  const error = form.querySelector("[data-error]");
  error.textContent = text;
  error.hidden = !text;
}
