// Shows an item once the item it follows has one of the answers that ask for it. What was typed there stays.

const form = document.querySelector("[data-checklist]");

form?.addEventListener("change", ({ target }) => {
  if (target.matches('[type="radio"]')) listen(form);
});
form?.addEventListener("line:filled", () => listen(form));
if (form) listen(form);

function listen(form) {
  for (const line of form.querySelectorAll("[data-follows]")) {
    const first = lineBefore(form, line);
    if (!first) continue; // narrowed away: as the server showed it
    const chosen = first.classList.contains("line-silent")
      ? null
      : first.querySelector(`[name="a${first.dataset.line}-choice"]:checked`)?.value;
    const isAsked = Boolean(chosen) && line.dataset.followsIf.split("\n").includes(chosen);
    line.classList.toggle("line-silent", !isAsked);
    line.toggleAttribute("data-kept", hasAnswer(line));
  }
}

// At the same site, or the one that is asked once.
function lineBefore(form, { dataset }) {
  const lines = [...form.querySelectorAll("[data-code]")].filter((line) => line.dataset.code === dataset.follows);
  return lines.find((line) => line.dataset.site === dataset.site) ?? lines.find((line) => !line.dataset.site);
}

function hasAnswer(line) {
  const inputs = [...line.querySelectorAll('[name]:not([type="hidden"])')];
  return inputs.some((input) => (["radio", "checkbox"].includes(input.type) ? input.checked && input.value : input.value));
}
