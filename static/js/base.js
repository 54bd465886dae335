// What every page needs: the CSRF token for htmx, menus that close, errors that are read out.

const token = document.querySelector('meta[name="csrf-token"]')?.content;

document.addEventListener("htmx:configRequest", (event) => {
  if (token) event.detail.headers["X-CSRFToken"] = token;
});

const TELL = {
  "htmx:sendError": "서버에 닿지 못했습니다. 적은 내용은 이 화면에 있으니 연결을 확인하고 다시 저장하세요.",
  "htmx:timeout": "응답이 늦어 멈췄습니다. 다시 저장하세요.",
  "htmx:responseError": "처리하지 못했습니다. 적은 내용은 이 화면에 있습니다. 잠시 뒤 다시 해 보세요.",
};

for (const [name, text] of Object.entries(TELL)) {
  document.addEventListener(name, (event) => {
    if (event.detail.xhr.status === 401) document.dispatchEvent(new CustomEvent("session:over"));
    else toast(messageOf(event.detail.xhr) ?? text);
  });
}

// The server answers a script with {"message": …} where it would show a person a page.
function messageOf(xhr) {
  try {
    return JSON.parse(xhr.responseText).message;
  } catch {
    return undefined;
  }
}

document.addEventListener("salpim:toast", (event) => toast(event.detail));

function toast(detail) {
  const { text, tone } = typeof detail === "string" ? { text: detail, tone: "error" } : detail;
  const notice = document.createElement("div");
  notice.className = `notice notice-${tone}`;
  notice.textContent = text;
  document.getElementById("toasts")?.replaceChildren(notice);
  setTimeout(() => notice.remove(), 12000);
}

// A menu closes on Escape and on a click elsewhere.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

document.querySelector("[data-error-summary]")?.focus();

// One press, one request: a second press of the same button does nothing while the first is under way.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
  setTimeout(() => delete form.dataset.sent, 10000); // a download leaves the page where it is
});

window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});
