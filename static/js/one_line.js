// One item a screen, for a tablet in the hand: big buttons lead to the item before and behind. The choice is
// remembered on this device.

import { openLines, sheet } from "./lines.js";

const toggle = document.querySelector("[data-one-line]");
const bar = document.querySelector("[data-one-bar]");
const KEY = "salpim-one-line";
let present = null;

if (toggle && sheet) start();

function start() {
  toggle.hidden = false;
  toggle.addEventListener("click", () => set(!document.body.classList.contains("one-line")));
  bar.querySelector("[data-one-before]").addEventListener("click", () => step(-1));
  bar.querySelector("[data-one-behind]").addEventListener("click", () => step(1));
  sheet.addEventListener("line:asked", ({ target }) => go(target));
  sheet.addEventListener("focusin", ({ target }) => go(target.closest(".line")));
  document.addEventListener("lines:narrowed", () => go(openLines()[0]));
  if (localStorage.getItem(KEY) === "yes") set(true);
}

function set(isOn) {
  document.body.classList.toggle("one-line", isOn);
  toggle.setAttribute("aria-pressed", String(isOn));
  bar.hidden = !isOn;
  localStorage.setItem(KEY, isOn ? "yes" : "no");
  const asked = location.hash.startsWith("#item-") && document.getElementById(location.hash.slice(1));
  if (isOn) go(present || asked || openLines()[0]);
  else present?.scrollIntoView({ block: "center" });
}

function step(by) {
  const lines = openLines();
  const next = lines[lines.indexOf(present) + by];
  if (next) {
    go(next);
    next.focus({ preventScroll: true });
  } else if (by > 0) document.querySelector('#sheet [name="next"]')?.click(); // on to the next indicator
}

function go(line) {
  if (!line || line === present) return;
  for (const each of sheet.querySelectorAll(".present")) each.classList.remove("present");
  present = line;
  line.classList.add("present");
  headOf(line)?.classList.add("present");
  const lines = openLines();
  bar.querySelector("[data-one-place]").textContent = `${lines.indexOf(line) + 1} / ${lines.length}`;
  bar.querySelector("[data-one-before]").disabled = lines[0] === line;
  bar.querySelector("[data-one-behind]").disabled = lines.at(-1) === line && !document.querySelector('#sheet [name="next"]');
}

function headOf(line) {
  let head = line.previousElementSibling;
  while (head && !head.matches(".indicator-head")) head = head.previousElementSibling;
  return head;
}
