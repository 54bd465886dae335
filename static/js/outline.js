// An outline whose lines are rows on the server: Enter, Tab, moving, deleting, undo; each line is saved alone.
//
// <ol data-outline data-base="…/lines/"> holds <li data-line data-id>; a line holds a plain form with
// text, level, (depth,) kind and version, which also works without this script. After the list stand a
// <form data-outline-new> and a <template data-line-template> with an empty line.

document.documentElement.classList.add("has-script");

const SAVE_AFTER = 800; // ms without a key
const HEADERS = { "X-Requested-With": "fetch" };

for (const list of document.querySelectorAll("[data-outline]")) start(list);

function start(list) {
  const undo = [];
  const queues = new Map(); // line id → the promise of its last request: one at a time, in order
  const near = list.parentElement;
  const template = near.querySelector("[data-line-template]");
  const add = near.querySelector("[data-outline-new]");

  for (const line of list.querySelectorAll("[data-line]")) prepare(line);
  add?.addEventListener("submit", (event) => {
    event.preventDefault();
    const { text, level } = add.elements;
    insert(list.lastElementChild, { text: text.value, level: level.value });
    text.value = "";
  });
  window.addEventListener("beforeunload", (event) => {
    if (list.querySelector('[data-state="unsaved"], [data-state="failed"]')) event.preventDefault();
  });

  // Lines ------------------------------------------------------------------------------------------------

  function prepare(line) {
    const { text, level, kind } = fields(line);
    grow(text);
    line.dataset.saved = signature(line);
    text.addEventListener("input", () => (grow(text), changed(line)));
    text.addEventListener("blur", () => save(line));
    text.addEventListener("keydown", (event) => key(event, line));
    level.addEventListener("change", () => (dress(line), save(line)));
    kind?.addEventListener("change", () => save(line));
    form(line).addEventListener("submit", (event) => (event.preventDefault(), save(line)));
    line.querySelector("form[data-delete]").addEventListener("submit", (event) => {
      event.preventDefault();
      event.stopImmediatePropagation();
      remove(line);
    });
  }

  function insert(before, values, { focus = true } = {}) {
    const line = template.content.firstElementChild.cloneNode(true);
    line.dataset.id = values.id ?? crypto.randomUUID();
    address(line);
    for (const [name, value] of Object.entries(values)) {
      if (fields(line)[name]) fields(line)[name].value = value;
    }
    dress(line);
    before ? before.after(line) : list.prepend(line);
    prepare(line);
    if (focus) caret(line, 0);
    line.dataset.isNew = "yes";
    changed(line);
    save(line);
    return line;
  }

  function address(line) {
    const url = `${list.dataset.base}${line.dataset.id}/`;
    line.id = `line-${line.dataset.id}`;
    form(line).action = `${url}save/`;
    line.querySelector("form[data-delete]").action = `${url}delete/`;
    const detail = line.querySelector("a[data-detail]");
    if (detail) detail.href = url;
  }

  // Keys -------------------------------------------------------------------------------------------------

  function key(event, line) {
    if (event.isComposing) return; // a Hangul syllable is still being put together
    const { text } = fields(line);
    const at = text.selectionStart;
    const acts = {
      Enter: () => !event.shiftKey && split(line, at),
      Tab: () => !line.dataset.leaving && indent(line, event.shiftKey ? -1 : 1),
      Escape: () => (line.dataset.leaving = "yes"), // the next Tab leaves the outline
      Backspace: () => text.value === "" && list.childElementCount > 1 && remove(line),
      ArrowUp: () => (event.altKey ? move(line, -1) : at === 0 && step(line, -1)),
      ArrowDown: () => (event.altKey ? move(line, 1) : at === text.value.length && step(line, 1)),
      z: () => (event.ctrlKey || event.metaKey) && signature(line) === line.dataset.saved && takeBack(),
    };
    const act = acts[event.key];
    if (act && act() && event.key !== "Escape") event.preventDefault();
    if (event.key !== "Escape" && event.key !== "Tab") delete line.dataset.leaving;
  }

  function split(line, at) {
    const { text, level, depth } = fields(line);
    const rest = text.value.slice(at);
    text.value = text.value.slice(0, at);
    grow(text);
    changed(line);
    save(line);
    insert(line, { text: rest.trimStart(), level: level.value, ...(depth && { depth: depth.value }) });
    return true;
  }

  function indent(line, by) {
    const { level, depth } = fields(line);
    const to = level.selectedIndex + by;
    if (to < 0 || to >= level.options.length) return true;
    undo.push({ act: "level", line, level: level.value, depth: depth?.value });
    level.selectedIndex = to;
    if (depth) depth.value = Math.max(0, Number(depth.value) + by);
    dress(line);
    changed(line);
    save(line);
    return true;
  }

  function step(line, by) {
    const next = by < 0 ? line.previousElementSibling : line.nextElementSibling;
    if (!next) return false;
    caret(next, by < 0 ? fields(next).text.value.length : 0);
    return true;
  }

  // A line moves with the deeper lines behind it, past the neighbouring block.
  function move(line, by) {
    const block = blockOf(line);
    const behind = block.at(-1).nextElementSibling;
    const before = line.previousElementSibling;
    if (by < 0 ? !before : !behind) return true;
    const target = by < 0 ? headOf(before, line).previousElementSibling : blockOf(behind).at(-1);
    const was = before;
    place(block, target);
    undo.push({ act: "move", line, after: was });
    send(line, "move/", { after: target?.dataset.id ?? "" });
    fields(line).text.focus();
    return true;
  }

  function place(block, target) {
    for (const row of block.slice().reverse()) target ? target.after(row) : list.prepend(row);
  }

  function remove(line) {
    const next = line.previousElementSibling ?? line.nextElementSibling;
    const before = line.previousElementSibling;
    undo.push({ act: "delete", line, before });
    send(line, "delete/").then((done) => {
      if (!done) return undo.pop();
      line.remove();
      if (next) caret(next, fields(next).text.value.length);
      else add?.elements.text.focus();
      return say("줄을 지웠습니다. Ctrl+Z로 되살립니다.");
    });
    return true;
  }

  function takeBack() {
    const last = undo.pop();
    if (!last) return false;
    if (last.act === "delete") restore(last);
    if (last.act === "move") {
      place(blockOf(last.line), last.after);
      send(last.line, "move/", { after: last.after?.dataset.id ?? "" });
    }
    if (last.act === "level") {
      fields(last.line).level.value = last.level;
      if (last.depth !== undefined) fields(last.line).depth.value = last.depth;
      dress(last.line);
      changed(last.line);
      save(last.line);
    }
    return true;
  }

  function restore({ line, before }) {
    send(line, "restore/").then((done) => {
      if (!done) return;
      before?.isConnected ? before.after(line) : list.prepend(line);
      line.dataset.saved = signature(line);
      caret(line, fields(line).text.value.length);
    });
  }

  // The server -------------------------------------------------------------------------------------------

  function changed(line) {
    state(line, "unsaved");
    clearTimeout(line.timer);
    line.timer = setTimeout(() => save(line), SAVE_AFTER);
  }

  function save(line) {
    clearTimeout(line.timer);
    if (!line.dataset.isNew && signature(line) === line.dataset.saved) {
      if (line.dataset.state === "unsaved") state(line, "saved");
      return Promise.resolve(true);
    }
    return send(line, line.dataset.isNew ? null : "save/");
  }

  function send(line, path, extra = {}) {
    const turn = (queues.get(line.dataset.id) ?? Promise.resolve()).then(() => post(line, path, extra));
    queues.set(line.dataset.id, turn);
    return turn;
  }

  async function post(line, path, extra) {
    const creating = path === null || (path === "save/" && line.dataset.isNew);
    const body = new URLSearchParams(new FormData(form(line)));
    const sent = signature(line);
    if (creating) {
      body.set("id", line.dataset.id);
      body.set("after", line.previousElementSibling?.dataset.id ?? "");
    }
    for (const [name, value] of Object.entries(extra)) body.set(name, value);
    const url = creating ? list.dataset.base : `${list.dataset.base}${line.dataset.id}/${path}`;
    let reply;
    try {
      reply = await fetch(url, { method: "POST", body, headers: HEADERS, redirect: "error" });
    } catch {
      return failed(line, "서버에 닿지 못해 저장하지 못했습니다. 연결되면 이 줄을 다시 눌러 저장하세요.");
    }
    const data = reply.headers.get("Content-Type")?.includes("json") ? await reply.json() : {};
    if (reply.ok) return saved(line, data, sent, path);
    if (reply.status === 409 && data.current) return collision(line, data);
    const reasons = Object.values(data.errors ?? {}).flat().join(" ");
    const over = reply.status === 401 ? "로그인이 끝났습니다. 새 창에서 로그인한 뒤 다시 저장하세요." : "";
    return failed(line, data.message ?? (reasons || over || "저장하지 못했습니다. 잠시 뒤 다시 저장하세요."));
  }

  function saved(line, data, sent, path) {
    delete line.dataset.isNew;
    if (data.version) for (const field of line.querySelectorAll('input[name="version"]')) field.value = data.version;
    if (path !== "move/") line.dataset.saved = sent;
    state(line, signature(line) === line.dataset.saved ? "saved" : "unsaved");
    say("저장했습니다.");
    list.dispatchEvent(new CustomEvent("outline:saved", { bubbles: true, detail: { line, path } }));
    return true;
  }

  function failed(line, text) {
    state(line, "failed");
    say(text);
    document.dispatchEvent(new CustomEvent("salpim:toast", { detail: text }));
    return false;
  }

  // Both texts, and three ways out: mine, theirs, or both in one line to be mended by hand.
  function collision(line, { message, current }) {
    state(line, "failed");
    line.querySelector(".outline-conflict")?.remove();
    const mine = fields(line).text.value;
    const box = document.createElement("div");
    box.className = "outline-conflict notice notice-error";
    box.setAttribute("role", "alert");
    const text = document.createElement("p");
    text.textContent = `${message} 저장되어 있는 글: ${current.text || "(비어 있음)"}`;
    box.append(text);
    const decide = (label, value) => {
      const button = document.createElement("button");
      Object.assign(button, { type: "button", className: "button button-small", textContent: label });
      button.addEventListener("click", () => {
        fields(line).text.value = value;
        if (label === "상대 것으로") for (const name of ["level", "kind"]) if (fields(line)[name]) fields(line)[name].value = current[name];
        for (const field of line.querySelectorAll('input[name="version"]')) field.value = current.version;
        line.dataset.saved = "";
        box.remove();
        dress(line);
        grow(fields(line).text);
        save(line);
        caret(line, 0);
      });
      box.append(button);
    };
    decide("내 것으로", mine);
    decide("상대 것으로", current.text);
    decide("합치기", `${current.text} ${mine}`.trim());
    line.append(box);
    say(message);
    return false;
  }

  // Small things -----------------------------------------------------------------------------------------

  function state(line, name) {
    line.dataset.state = name;
  }
  function blockOf(line) {
    const rows = [line];
    for (let next = line.nextElementSibling; next && deepness(next) > deepness(line); next = next.nextElementSibling) rows.push(next);
    return rows;
  }
  // The line above that `line` would have to pass as a whole: the head of the block it stands behind.
  function headOf(row, line) {
    while (row.previousElementSibling && deepness(row) > deepness(line)) row = row.previousElementSibling;
    return row;
  }
  function say(text) {
    const status = document.getElementById("outline-status");
    if (status) status.textContent = text;
  }
}

function form(line) {
  return line.querySelector("form");
}
function fields(line) {
  return form(line).elements;
}
function deepness(line) {
  const { depth, level } = fields(line);
  return Number((depth ?? level).value);
}
function signature(line) {
  const { text, level, kind, depth } = fields(line);
  return JSON.stringify([text.value, level.value, kind?.value, depth?.value]);
}
function dress(line) {
  const { level, depth } = fields(line);
  line.className = `outline-line outline-level-${level.value}${depth ? ` outline-depth-${depth.value}` : ""}`;
}
function caret(line, at) {
  const { text } = fields(line);
  text.focus();
  text.setSelectionRange(at, at);
}
function grow(text) {
  text.style.height = "auto";
  text.style.height = `${text.scrollHeight + 2}px`;
}
