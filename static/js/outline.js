// An outline whose lines are rows on the server: Enter, Tab, moving, deleting, undo; each line is saved alone.
//
// <ol data-outline data-base="…/lines/"> holds <li data-line data-id>; a line holds a plain form with
// text, level, (depth,) kind and version, which also works without this script. After the list stand a
// <form data-outline-new> and a <template data-line-template> with an empty line.

import { atEnd, blockOf, caret, dress, fields, form, grow, headOf, signature } from "./outline_line.js";
import { Saving } from "./outline_saving.js";

document.documentElement.classList.add("has-script");

const SAVE_AFTER = 800; // ms without a key
const outlines = [...document.querySelectorAll("[data-outline]")].map(start);

// Whoever leaves by a link waits for what is on its way; only what cannot be saved makes the browser ask.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]");
  const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.button || link?.target;
  if (!link || elsewhere || event.defaultPrevented || !outlines.some((saving) => saving.isBusy)) return;
  event.preventDefault();
  Promise.all(outlines.map((saving) => saving.saveAll())).then(() => location.assign(link.href));
});

window.addEventListener("beforeunload", (event) => {
  if (outlines.some((saving) => saving.unsaved.length)) event.preventDefault();
});

function start(list) {
  const undo = [];
  const near = list.parentElement;
  const template = near.querySelector("[data-line-template]");
  const add = near.querySelector("[data-outline-new]");
  const saving = new Saving(list, say);

  for (const line of list.querySelectorAll("[data-line]")) prepare(line);
  window.addEventListener("resize", () => {
    for (const text of list.querySelectorAll("textarea")) grow(text);
  });
  add?.addEventListener("submit", (event) => {
    event.preventDefault();
    atEnd(append());
  });
  // As in a line: Enter ends what was typed and opens the next line. An empty one is opened by itself.
  add?.elements.text.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || event.keyCode === 229 || !add.elements.text.value) return;
    event.preventDefault();
    const line = append();
    split(line, fields(line).text.value.length, fields(line).text.value.length);
  });
  return saving;

  function append() {
    const { text, level, kind, items } = add.elements;
    const last = list.lastElementChild;
    const depth = last && fields(last).depth;
    const place = depth ? { level: fields(last).level.value, depth: depth.value } : { level: level.value };
    const origin = kind?.value && { kind: kind.value, items: items.value };
    const line = insert(last, { text: text.value, ...place, ...origin });
    text.value = "";
    if (kind) forgetOrigin();
    return line;
  }

  // The line brought here from the checklist is made; the next one is an ordinary one.
  function forgetOrigin() {
    add.elements.kind.value = add.elements.items.value = "";
    add.elements.level.value = "1";
    add.querySelector(".outline-from")?.remove();
  }

  // Lines ------------------------------------------------------------------------------------------------

  function prepare(line) {
    const { text, level, kind, finding_type: type } = fields(line);
    grow(text);
    line.dataset.saved = signature(line);
    text.addEventListener("input", () => (grow(text), changed(line)));
    text.addEventListener("blur", () => {
      delete line.dataset.leaving;
      saving.save(line);
    });
    text.addEventListener("keydown", (event) => key(event, line));
    text.addEventListener("paste", (event) => paste(event, line));
    level.addEventListener("change", () => (dress(line), changed(line), saving.save(line)));
    for (const choice of [kind, type]) choice?.addEventListener("change", () => (changed(line), saving.save(line)));
    form(line).addEventListener("submit", (event) => (event.preventDefault(), saving.save(line)));
    line.querySelector("form[data-delete]").addEventListener("submit", (event) => {
      event.preventDefault();
      event.stopImmediatePropagation();
      remove(line);
    });
  }

  function insert(before, values) {
    const line = template.content.firstElementChild.cloneNode(true);
    line.dataset.id = crypto.randomUUID();
    address(line);
    for (const [name, value] of Object.entries(values)) fields(line)[name].value = value;
    if (!values.items) fields(line).items?.remove();
    before ? before.after(line) : list.prepend(line);
    dress(line);
    line.dispatchEvent(new CustomEvent("outline:made", { bubbles: true }));
    prepare(line);
    line.dataset.isNew = "yes";
    changed(line);
    caret(line, 0);
    saving.save(line);
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

  function changed(line) {
    saving.state(line, "unsaved");
    clearTimeout(line.timer);
    line.timer = setTimeout(() => saving.save(line), SAVE_AFTER);
  }

  // Keys -------------------------------------------------------------------------------------------------

  function key(event, line) {
    if (event.isComposing || event.keyCode === 229) return; // a Hangul syllable is still being put together
    const { text } = fields(line);
    const { selectionStart: from, selectionEnd: to } = text;
    // The place of the key, so that it also works while the Korean keyboard is on.
    const isUndo = event.code === "KeyZ" && (event.ctrlKey || event.metaKey) && !event.shiftKey;
    const acts = {
      Enter: () => !event.shiftKey && split(line, from, to),
      Tab: () => !line.dataset.leaving && indent(line, event.shiftKey ? -1 : 1),
      Escape: () => void (line.dataset.leaving = "yes"), // the next Tab leaves the line
      Backspace: () => text.value === "" && remove(line),
      ArrowUp: () => (event.altKey ? move(line, -1) : to === 0 && step(line, -1)),
      ArrowDown: () => (event.altKey ? move(line, 1) : from === text.value.length && step(line, 1)),
    };
    const act = isUndo ? () => signature(line) === line.dataset.saved && takeBack() : acts[event.key];
    if (act?.()) event.preventDefault();
    if (!["Escape", "Tab", "Shift"].includes(event.key)) delete line.dataset.leaving;
  }

  function split(line, from, to) {
    const { text, level, depth } = fields(line);
    const rest = text.readOnly ? "" : text.value.slice(to).trimStart();
    if (!text.readOnly && from < text.value.length) {
      text.value = text.value.slice(0, from).trimEnd();
      grow(text);
      changed(line);
    }
    saving.save(line);
    insert(line, { text: rest, level: level.value, ...(depth && { depth: depth.value }) });
    return true;
  }

  // Several lines from elsewhere become as many lines here.
  function paste(event, line) {
    const rows = event.clipboardData.getData("text/plain").split(/\s*\n\s*/).filter(Boolean);
    if (rows.length < 2 || fields(line).text.readOnly) return;
    event.preventDefault();
    const { text, level, depth } = fields(line);
    text.setRangeText(rows.shift(), text.selectionStart, text.selectionEnd, "end");
    grow(text);
    changed(line);
    saving.save(line);
    for (const row of rows) {
      line = insert(line, { text: row, level: level.value, ...(depth && { depth: depth.value }) });
    }
    atEnd(line);
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
    saving.save(line);
    return true;
  }

  function step(line, by) {
    const next = by < 0 ? line.previousElementSibling : line.nextElementSibling;
    if (!next) return false;
    by < 0 ? atEnd(next) : caret(next, 0);
    return true;
  }

  // A line moves with the deeper lines behind it, past the neighbouring block.
  function move(line, by) {
    const block = blockOf(line);
    const behind = block.at(-1).nextElementSibling;
    const before = line.previousElementSibling;
    if (by < 0 ? !before : !behind) return true;
    const target = by < 0 ? headOf(before, line).previousElementSibling : blockOf(behind).at(-1);
    undo.push({ act: "move", line, after: before });
    moveBehind(line, target, before);
    return true;
  }

  function moveBehind(line, target, was) {
    place(line, target);
    fields(line).text.focus();
    saving.save(line);
    saving.send(line, "move/", () => ({ after: target?.dataset.id ?? "" })).then((done) => done || place(line, was));
  }

  function place(line, target) {
    for (const row of blockOf(line).reverse()) target ? target.after(row) : list.prepend(row);
  }

  function remove(line) {
    clearTimeout(line.timer);
    line.dataset.gone = "yes"; // nothing more is saved of it
    const before = line.previousElementSibling;
    const next = before ?? line.nextElementSibling;
    saving.send(line, "delete/").then((done) => {
      if (!done) return delete line.dataset.gone;
      undo.push({ act: "delete", line, before });
      line.remove();
      if (next) atEnd(next);
      else add?.elements.text.focus();
      return say("줄을 지웠습니다.", { 되살리기: takeBack });
    });
    return true;
  }

  function takeBack() {
    const last = undo.pop();
    if (!last) return false;
    if (last.act === "delete") restore(last);
    if (last.act === "move") moveBehind(last.line, last.after, last.line.previousElementSibling);
    if (last.act === "level") {
      const { level, depth } = fields(last.line);
      level.value = last.level;
      if (depth) depth.value = last.depth;
      dress(last.line);
      changed(last.line);
      saving.save(last.line);
    }
    return true;
  }

  function restore({ line, before }) {
    delete line.dataset.gone;
    saving.send(line, "restore/").then((done) => {
      if (!done) return;
      before?.isConnected ? before.after(line) : list.prepend(line);
      grow(fields(line).text);
      atEnd(line);
      say("되살렸습니다.");
    });
  }

  function say(words, ways = {}) {
    const status = document.getElementById("outline-status");
    if (!status) return;
    status.textContent = words;
    for (const [label, act] of Object.entries(ways)) {
      const button = document.createElement("button");
      Object.assign(button, { type: "button", className: "button button-small", textContent: label });
      button.addEventListener("click", act);
      status.append(" ", button);
    }
  }
}
