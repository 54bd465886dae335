// Keeps what is not saved yet in this browser, for this user alone, and gives it back after a new sign-in.
//
// A draft is kept per user, inspection and page: { token, at, lines: { item: { base, fields } } }. It goes
// away when the server has confirmed it: by its token behind the # of the next page, or because what the
// page now shows is what was kept. `base` is the version an answer was made on; it is restored too, so that
// a draft that has become stale ends in the comparison of both texts and never overwrites anything.

const form = document.querySelector("[data-checklist]");
const PREFIX = "salpim-draft";

if (form) start(form);

function start(form) {
  const { user, inspection, scope, readyUrl } = form.dataset;
  const key = `${PREFIX}:${user}:${inspection}:${scope}`;
  const state = form.querySelector("[data-draft-state]");
  const notice = document.querySelector("[data-draft-notice]");
  const draft = form.elements.draft;
  const shown = snapshot(form);
  let undecided = {}; // lines of an older draft, until they are given back or dropped
  let refused = []; // what the server did not take: shown as typed, not as saved

  forgetConfirmed(`${PREFIX}:${user}:${inspection}:`);
  draft.value = draft.value || crypto.randomUUID();
  if ("unsaved" in form.dataset) {
    refused = Object.keys(read(key)?.lines ?? {}).filter((item) => item in shown);
    keep();
  } else offer();

  form.addEventListener("input", keep);
  form.addEventListener("change", keep);
  form.addEventListener("submit", send);
  notice.querySelector("[data-draft-restore]").addEventListener("click", restore);
  notice.querySelector("[data-draft-drop]").addEventListener("click", drop);

  function keep() {
    const now = snapshot(form);
    const changed = Object.keys(now).filter(
      (item) => refused.includes(item) || !same(now[item].fields, shown[item].fields),
    );
    const lines = { ...undecided, ...Object.fromEntries(changed.map((item) => [item, now[item]])) };
    if (Object.keys(lines).length) write(key, { token: draft.value, at: Date.now(), lines });
    else localStorage.removeItem(key);
    say(changed.length ? `저장하지 않은 항목 ${changed.length}개` : "", changed.length > 0);
  }

  function offer() {
    const kept = read(key);
    const lines = Object.entries(kept?.lines ?? {});
    undecided = Object.fromEntries(
      lines.filter(([item, line]) => shown[item] && !same(shown[item].fields, line.fields)),
    );
    const count = Object.keys(undecided).length;
    if (!count) {
      localStorage.removeItem(key);
      return;
    }
    const when = new Date(kept.at).toLocaleString("ko-KR", { dateStyle: "medium", timeStyle: "short" });
    notice.querySelector("[data-draft-text]").textContent = `항목 ${count}개, ${when}`;
    notice.hidden = false;
  }

  function restore() {
    const lines = Object.entries(undecided);
    undecided = {};
    notice.hidden = true;
    for (const [item, line] of lines) fill(form, item, line);
    keep();
    form.querySelector(`#item-${lines[0][0]}`).focus();
  }

  function drop() {
    undecided = {};
    notice.hidden = true;
    keep();
  }

  // First ask whether the server is there and the session still ours; only then let the form go.
  async function send(event) {
    if (event.defaultPrevented || form.dataset.checked) return;
    event.preventDefault();
    keep();
    say("저장하는 중…", false);
    const answer = await ready();
    delete form.dataset.sent;
    if (answer !== "yes") {
      say("저장하지 못했습니다. 적은 내용은 이 기기에 있습니다.", true);
      if (answer === "session") document.dispatchEvent(new Event("session:over"));
      else toast("서버에 닿지 못했습니다. 적은 내용은 이 기기에 보관했으니 연결되면 다시 저장하세요.");
      return;
    }
    form.dataset.checked = "yes";
    form.requestSubmit(event.submitter?.form === form ? event.submitter : undefined);
  }

  async function ready() {
    const response = await fetch(readyUrl, { redirect: "manual", cache: "no-store" }).catch(() => null);
    if (!response) return "offline";
    if (response.type === "opaqueredirect" || response.status === 401) return "session";
    if (!response.ok) return "offline";
    const { user: now, token } = await response.json();
    if (String(now) !== user) return "session"; // somebody else signed in at this desk
    form.elements.csrfmiddlewaretoken.value = token;
    return "yes";
  }

  window.addEventListener("pageshow", () => delete form.dataset.checked);

  function say(text, isUnsaved) {
    state.textContent = text;
    state.classList.toggle("sheet-state-unsaved", isUnsaved);
  }
}

// #saved-<token>: the server has taken the draft of that token, wherever on this inspection it was made.
function forgetConfirmed(prefix) {
  const token = /^#saved-([0-9a-f-]{36})$/.exec(location.hash)?.[1];
  if (!token) return;
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(prefix) && read(key)?.token === token) localStorage.removeItem(key);
  }
  history.replaceState(null, "", location.pathname + location.search);
}

function snapshot(form) {
  const lines = {};
  for (const line of form.querySelectorAll("[data-line]")) {
    const item = line.dataset.line;
    lines[item] = { base: form.elements[`a${item}-base`].value, fields: fields(line) };
  }
  return lines;
}

function fields(line) {
  const values = {};
  for (const input of line.querySelectorAll("[name]")) {
    const name = input.name.replace(/^a\d+-/, "");
    if (input.type === "radio") {
      if (input.checked) values[name] = input.value;
    } else if (input.type === "checkbox") values[name] = input.checked;
    else if (name !== "base") values[name] = input.value;
  }
  return values;
}

function fill(form, item, line) {
  const element = form.querySelector(`#item-${item}`);
  form.elements[`a${item}-base`].value = line.base;
  for (const input of element.querySelectorAll("[name]")) {
    const name = input.name.replace(/^a\d+-/, "");
    if (name === "base" || !(name in line.fields)) continue;
    if (input.type === "radio") input.checked = input.value === line.fields[name];
    else if (input.type === "checkbox") input.checked = line.fields[name];
    else input.value = line.fields[name];
  }
}

function same(one, other) {
  return Object.keys({ ...one, ...other }).every((name) => tidy(one[name]) === tidy(other[name]));
}

function tidy(value) {
  return typeof value === "string" ? value.replaceAll("\r\n", "\n").trim() : Boolean(value);
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function write(key, draft) {
  try {
    localStorage.setItem(key, JSON.stringify(draft));
  } catch {
    toast("이 기기에 더 보관할 자리가 없습니다. 지금 저장해 주세요.");
  }
}

function toast(text) {
  document.dispatchEvent(new CustomEvent("salpim:toast", { detail: text }));
}
