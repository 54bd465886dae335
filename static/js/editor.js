// The preview shows where the caret is in the outline; a click on a line of the preview puts the caret there.

const preview = document.getElementById("preview");
const outline = document.querySelector("[data-outline]");
let current = null;

outline?.addEventListener("focusin", (event) => show(event.target.closest("[data-line]")?.dataset.id));
preview?.addEventListener("htmx:afterSwap", () => show(current));
preview?.addEventListener("click", (event) => {
  const id = event.target.closest("[data-line]")?.dataset.line;
  const line = id && outline.querySelector(`[data-id="${CSS.escape(id)}"]`);
  line?.querySelector("textarea").focus();
});

function show(id) {
  current = id;
  preview.querySelector(".is-current")?.classList.remove("is-current");
  const place = id && preview.querySelector(`[data-line="${CSS.escape(id)}"]`);
  if (!place) return;
  place.classList.add("is-current");
  place.scrollIntoView({ block: "nearest" });
}
