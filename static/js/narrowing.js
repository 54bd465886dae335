// Shows only some lines of the whole sheet: #unanswered, #failed, #last, #mine. A line that is answered while one
// looks at the unanswered ones stays until the choice is made again.

import { allLines, isAnswered, sheet } from "./lines.js";

const links = [...document.querySelectorAll("[data-narrow]")];
const told = document.querySelector("[data-narrowed]");
const CHOICES = {
  unanswered: (line) => !line.matches(".line-silent") && !isAnswered(line),
  failed: (line) => line.matches(".line-failed"),
  last: (line) => Boolean(line.querySelector("[data-last]")),
  mine: (line) => line.matches("[data-mine]"),
};

if (sheet && told) {
  window.addEventListener("hashchange", narrow);
  for (const link of links) link.addEventListener("click", ({ target }) => target.closest("a").hash === location.hash && narrow());
  narrow();
}

function narrow() {
  const isWhole = new URLSearchParams(location.search).has("all");
  const choice = isWhole ? location.hash.slice(1) || "all" : "";
  const isWanted = CHOICES[choice] ?? (() => true);
  for (const line of allLines()) line.hidden = !isWanted(line);
  for (const head of sheet.querySelectorAll(".indicator-head")) head.hidden = Boolean(CHOICES[choice]) && !linesOf(head).length;
  for (const link of links) {
    if (link.dataset.narrow === choice) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  const count = allLines().filter((line) => !line.hidden).length;
  const label = links.find((link) => link.dataset.narrow === choice)?.textContent.trim();
  told.hidden = !CHOICES[choice];
  told.textContent = count ? `${label}: ${count}개 항목만 보입니다.` : `${label}: 해당하는 항목이 없습니다.`;
  document.dispatchEvent(new CustomEvent("lines:narrowed"));
}

function linesOf(head) {
  const found = [];
  for (let next = head.nextElementSibling; next && !next.matches(".indicator-head"); next = next.nextElementSibling) {
    if (next.matches(".line") && !next.hidden) found.push(next);
  }
  return found;
}
