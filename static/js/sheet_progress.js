// The counts at the side move while one answers; what they start from is the server's.

import { isAnswered } from "./lines.js";

const form = document.querySelector("[data-checklist]");

form?.addEventListener("change", count);
form?.addEventListener("line:filled", count);
form?.addEventListener("input", count);

function count() {
  const groups = new Map();
  for (const line of form.querySelectorAll("[data-line]:not(.line-silent)")) {
    const group = groups.get(line.dataset.indicator) ?? { total: 0, answered: 0 };
    group.total += 1;
    group.answered += isAnswered(line) ? 1 : 0;
    groups.set(line.dataset.indicator, group);
  }
  for (const [indicator, group] of groups) show(indicator, group);
  const links = [...document.querySelectorAll("[data-progress]")];
  const sum = (name) => links.reduce((whole, link) => whole + Number(link.dataset[name]), 0);
  const bar = document.querySelector(".sheet-progress progress");
  if (!bar || !links.length) return;
  Object.assign(bar, { value: sum("answered"), max: sum("total") || 1 });
  document.querySelector(".sheet-progress .progress-text").textContent = `${sum("answered")} / ${sum("total")}`;
}

function show(indicator, { total, answered }) {
  const link = document.querySelector(`[data-progress="${indicator}"]`);
  if (!link) return;
  Object.assign(link.dataset, { total, answered });
  link.querySelector("[data-progress-count]").textContent = `${answered}/${total}`;
  const mark = answered === total ? "●" : answered ? "◐" : "○";
  link.querySelector(".side-mark").textContent = mark;
}
