// The keyboard of the checklist. Keys work only while one line has the focus, and never while somebody types.

import { openLines } from "./lines.js";

const form = document.querySelector("[data-checklist]");

// On a tablet the indicators are a strip that scrolls sideways: the present one has to be seen.
const present = document.querySelector(".sheet-panes .side-list [aria-current]");
const strip = present?.closest(".side-list");
if (strip) {
  const [place, frame] = [present.getBoundingClientRect(), strip.getBoundingClientRect()];
  strip.scrollLeft += place.left - frame.left - (frame.width - place.width) / 2;
}

form?.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
    event.preventDefault();
    form.requestSubmit();
    return;
  }
  const line = event.target.closest("[data-line]");
  if (!line || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (types(event.target)) {
    typing(event, line);
    return;
  }
  const act = action(event, line);
  if (!act) return;
  event.preventDefault();
  act();
});

for (const button of form?.querySelectorAll("[data-copy-last]") ?? []) {
  button.hidden = false;
  button.addEventListener("click", () => copyLast(button.closest("[data-line]")));
}

// Ticking 해당사항 없음 takes the answer away, and asks for the reason; an answer takes the tick away.
form?.addEventListener("change", ({ target }) => {
  const line = target.closest("[data-line]");
  if (!line) return;
  if (target === tick(line) && target.checked) {
    clear(line);
    field(line, "not_applicable_reason").focus();
  } else if (isAnswer(line, target) && target.value && tick(line).checked) {
    tick(line).checked = false;
    tell(tick(line));
  }
});

// Escape leaves the field; Enter leaves a field of one line for the next item, in place of sending the form.
function typing(event, line) {
  if (event.key === "Escape") line.focus();
  if (event.key !== "Enter" || !event.target.matches("input")) return;
  event.preventDefault();
  onward(line, 1);
}

function action(event, line) {
  // The place of the key, so that it also works while the Korean keyboard is on.
  const { key, code } = event;
  const isPressed = event.target.closest("a, button, input");
  if (key === "ArrowDown" || (key === "Enter" && !isPressed)) return () => onward(line, 1);
  if (key === "ArrowUp") return () => onward(line, -1);
  if (key === "?") return () => document.getElementById("keys-help").showModal();
  if (event.shiftKey) return null;
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1];
  if (digit && !line.querySelector('.segments, select')) return toField(line);
  if (digit) return () => choose(line, Number(digit));
  if (code === "KeyO") return () => field(line, "opinion").focus();
  if (code === "KeyN") return () => tick(line).click();
  if (code === "KeyL") return () => copyLast(line);
  if (code === "KeyC") return () => line.querySelector("[data-take-photo]")?.click();
  if (code === "KeyP") return () => line.querySelector("[data-add-evidence]")?.click();
  return null;
}

// A digit on an item without buttons: into its field, a figure with the digit itself.
function toField(line) {
  const input = ["number", "dated_on", "text"].map((name) => field(line, name)).find(Boolean);
  if (input !== field(line, "number")) return () => input?.focus();
  input.focus();
  return null;
}

function choose(line, number) {
  const radios = [...question(line).querySelectorAll('input[type="radio"]')];
  if (number === 0) {
    clear(line);
    return;
  }
  // The last button is 미응답 and has no number.
  const radio = radios.slice(0, -1)[number - 1];
  if (!radio) return;
  radio.checked = true;
  tell(radio);
}

// Of several questions the first that has no answer yet, or the one that has the focus.
function question(line) {
  const parts = [...line.querySelectorAll(".line-part")];
  const open = parts.find((part) => part.querySelector(".line-none input").checked);
  return document.activeElement.closest(".line-part") ?? open ?? parts.at(-1) ?? line;
}

// Last year's opinion, to be mended; never its verdict. Behind what stands there already.
function copyLast(line) {
  const last = line.querySelector("[data-last-opinion]")?.textContent.trim();
  const opinion = field(line, "opinion");
  if (last && !opinion.value.includes(last)) {
    opinion.value = [opinion.value.trim(), last].filter(Boolean).join("\n");
    opinion.dispatchEvent(new Event("input", { bubbles: true }));
  }
  if (last) opinion.focus();
}

function clear(line) {
  for (const none of line.querySelectorAll(".line-none input:not(:checked)")) {
    none.checked = true;
    tell(none);
  }
  const typed = ["number", "text", "dated_on"].map((name) => field(line, name));
  for (const input of [...typed, ...line.querySelectorAll("select")]) {
    if (input?.value) {
      input.value = "";
      tell(input);
    }
  }
}

function isAnswer(line, target) {
  return target.matches('[type="radio"], select') || ["number", "text", "dated_on"].some((name) => target === field(line, name));
}

function types(target) {
  return target.matches('textarea, select, input:not([type="radio"], [type="checkbox"], [type="hidden"])');
}

function field(line, name) {
  return line.querySelector(`[name="a${line.dataset.line}-${name}"]:not([type="radio"])`);
}

function tick(line) {
  return field(line, "is_not_applicable");
}

// Behind the last line stands the button that leads on.
function onward(line, step) {
  const lines = openLines();
  const next = lines[lines.indexOf(line) + step];
  if (next) {
    next.dispatchEvent(new CustomEvent("line:asked", { bubbles: true })); // it may not be on the screen yet
    next.focus();
  } else if (step > 0) form.querySelector('[name="next"], [type="submit"]:not([name="finding"])')?.focus();
}

function tell(input) {
  input.dispatchEvent(new Event("change", { bubbles: true }));
}
