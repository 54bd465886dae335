// «다른 장소에도»: the answer of a line goes to the lines of the same item at the other sites that have none yet.

const form = document.querySelector("[data-checklist]");

for (const button of form?.querySelectorAll("[data-copy-sites]") ?? []) button.hidden = false;

form?.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-copy-sites]");
  if (button) copy(button.closest("[data-line]"));
});

function copy(line) {
  const others = [...form.querySelectorAll("[data-site]")].filter(
    (other) => other !== line && other.dataset.code === line.dataset.code,
  );
  const open = others.filter((other) => !isAnswered(other));
  for (const other of open) take(other, line);
  const kept = others.length - open.length;
  const told = open.length ? `다른 장소 ${open.length}곳에 같은 답을 넣었습니다.` : "넣을 곳이 없습니다.";
  const detail = kept ? `${told} 이미 답한 ${kept}곳은 그대로 두었습니다.` : told;
  document.dispatchEvent(new CustomEvent("salpim:toast", { detail }));
}

function isAnswered(line) {
  return inputs(line).some((input) => (isTick(input) ? input.checked && input.value : input.value));
}

function take(line, from) {
  const own = inputs(line);
  for (const [place, source] of inputs(from).entries()) {
    const input = own[place];
    if (isTick(input)) input.checked = source.checked;
    else input.value = source.value;
    if (input.checked || !isTick(input)) input.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

// The same item has the same inputs in the same order at every site.
function inputs(line) {
  return [...line.querySelectorAll('[name]:not([type="hidden"], button)')];
}

function isTick(input) {
  return ["radio", "checkbox"].includes(input.type);
}
