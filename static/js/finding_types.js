// The type of a fault: asked where the kind asks for it. The catalogue stands once in the page and is put into a
// list when somebody reaches for it.

const catalogue = document.getElementById("finding-types");
const FAULTY = ["fault", "improve"];

if (catalogue) {
  for (const line of document.querySelectorAll("[data-outline] [data-line]")) dress(line);
  document.addEventListener("focusin", ({ target }) => target.matches(".outline-type") && offer(target));
  // In front of what saves the line.
  document.addEventListener("change", ({ target }) => target.matches(".outline-kind") && dress(target.closest("[data-line]")), true);
  document.addEventListener("outline:made", ({ target }) => dress(target));
  document.addEventListener("outline:fill", ({ target }) => offer(target.querySelector(".outline-type")));
}

function dress(line) {
  const { kind, finding_type: type } = line.querySelector("form").elements;
  type.hidden = !FAULTY.includes(kind.value);
  if (!FAULTY.includes(kind.value)) type.value = "";
}

function offer(list) {
  if (list.dataset.full) return;
  const chosen = list.selectedOptions[0];
  list.replaceChildren(list.options[0], catalogue.content.cloneNode(true));
  // One that is no longer offered stays chosen.
  if (![...list.options].some((option) => option.value === chosen.value)) list.append(chosen);
  list.value = chosen.value;
  list.dataset.full = "yes";
}
