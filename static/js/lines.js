// The lines of the checklist that are there to be worked at, in their order.

export const sheet = document.querySelector(".sheet");

export function allLines() {
  return sheet ? [...sheet.querySelectorAll(".line")] : [];
}

// Without those narrowed away and those that an earlier answer does not ask for.
export function openLines() {
  return allLines().filter((line) => !line.hidden && !line.matches(".line-silent:not([data-kept])"));
}

export function isAnswered(line) {
  if (!line.dataset.line) return !line.querySelector(".badge-unanswered"); // to be read only
  const value = (name) => line.querySelector(`[name="a${line.dataset.line}-${name}"]:not([type="radio"])`);
  if (value("is_not_applicable")?.checked) return true;
  // As the server counts: a table or several questions once every one of them has its answer.
  const parts = [...line.querySelectorAll(".line-part, select")];
  if (parts.length) return parts.every((part) => (part.matches("select") ? part.value : part.querySelector("input:checked")?.value));
  if (line.querySelector(".segments")) return Boolean(line.querySelector(".segments input:checked")?.value);
  return ["number", "text", "dated_on"].some((name) => value(name)?.value.trim());
}
