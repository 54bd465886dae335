// Whoever leaves a form that was typed in and not saved is asked by the browser first.

const form = document.querySelector("form[data-guard]");
let isTouched = Boolean(form?.querySelector(".field-invalid")); // shown again: what was typed is not stored
let isSent = false;

form?.addEventListener("input", () => (isTouched = true));
form?.addEventListener("submit", () => (isSent = true));

if (form) {
  window.addEventListener("beforeunload", (event) => {
    if (isTouched && !isSent) event.preventDefault();
  });
}
