// The outline of a sheet: a row is dragged to another place, or moved by Alt with an arrow. Both are a form that
// the page has ready, so that what is refused is told as everywhere else.

const rows = document.querySelector("[data-sheet-rows]");
const form = rows?.querySelector("[data-move-form]");
let dragged = null;

rows?.addEventListener("keydown", (event) => {
  const row = event.target.closest("[data-move-url]");
  const step = { ArrowUp: "up", ArrowDown: "down" }[event.key];
  if (!row || !step || !event.altKey) return;
  event.preventDefault();
  move(row, { step });
});

rows?.addEventListener("dragstart", (event) => {
  dragged = event.target.closest("[data-move-url]");
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", dragged.textContent.trim());
});

rows?.addEventListener("dragover", (event) => {
  const place = placeOf(event.target);
  mark(place?.target);
  if (place) event.preventDefault();
});

rows?.addEventListener("dragend", () => mark(null));

rows?.addEventListener("drop", (event) => {
  const place = placeOf(event.target);
  if (!place) return;
  event.preventDefault();
  move(dragged, place.values);
});

// An item goes in front of an item or to the end of an indicator; an indicator in front of an indicator, or to the
// end of the sheet behind the last one.
function placeOf(element) {
  const target = element.closest?.("[data-row]");
  if (!dragged || !target || target === dragged) return null;
  const { row, pk, indicator } = target.dataset;
  if (row === dragged.dataset.row) return { target, values: { before: pk } };
  if (row !== "end") return null;
  if (dragged.dataset.row === "item") return { target, values: { indicator } };
  const isLast = !target.nextElementSibling;
  return isLast ? { target, values: {} } : null;
}

function mark(target) {
  for (const marked of rows.querySelectorAll(".is-target")) marked.classList.remove("is-target");
  target?.classList.add("is-target");
}

function move(row, { step = "", before = "", indicator = "" }) {
  form.action = row.dataset.moveUrl;
  Object.assign(form.elements.step, { value: step });
  Object.assign(form.elements.before, { value: before });
  Object.assign(form.elements.indicator, { value: indicator });
  form.requestSubmit();
}

// The moved row is the open one: the next key moves it on.
rows?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
if (document.getElementById("messages")?.childElementCount) rows?.querySelector("[aria-current]")?.focus();
