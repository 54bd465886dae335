// The preview as text, which follows at once, or as pictures of the pages that will be printed. The choice stays.

const preview = document.getElementById("preview");
const button = document.querySelector("[data-preview-mode]");
const KEY = "preview-mode";

if (preview && button) {
  button.hidden = false;
  preview.addEventListener("htmx:configRequest", (event) => {
    if (mode() === "pages") event.detail.parameters.as = "pages";
  });
  button.addEventListener("click", () => {
    localStorage.setItem(KEY, mode() === "pages" ? "text" : "pages");
    show();
  });
  // htmx listens from when the page is ready on.
  if (mode() === "pages") window.addEventListener("load", show);
}

function mode() {
  return localStorage.getItem(KEY) ?? "text";
}

function show() {
  button.setAttribute("aria-pressed", String(mode() === "pages"));
  document.body.dispatchEvent(new CustomEvent("outline:saved"));
}
