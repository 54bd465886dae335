// The counts at the side move while one answers; what they start from is the server's.

const form = document.querySelector("[data-checklist]:not([data-narrowed])");

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

// As the server counts: a table or several questions once every one of them has its answer.
function isAnswered(line) {
  const value = (name) => line.querySelector(`[name="a${line.dataset.line}-${name}"]:not([type="radio"])`);
  if (value("is_not_applicable")?.checked) return true;
  const parts = [...line.querySelectorAll(".line-part, select")];
  if (parts.length) return parts.every((part) => (part.matches("select") ? part.value : part.querySelector("input:checked")?.value));
  if (line.querySelector(".segments")) return Boolean(line.querySelector(".segments input:checked")?.value);
  return ["number", "text", "dated_on"].some((name) => value(name)?.value.trim());
}
