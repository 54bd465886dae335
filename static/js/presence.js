// 함께 보는 사람: who else has this checklist or draft open, and where. Says nothing while nobody works at this
// page, so that it does not keep a session alive.

const sheet = document.querySelector("[data-here-url]");
const EVERY = 15e3; // ms
const WORKING = 60e3; // ms since the last key or touch
let workedAt = Date.now();
let saidAt = 0;

if (sheet && !document.body.dataset.prepared) {
  for (const name of ["keydown", "pointerdown"]) document.addEventListener(name, () => (workedAt = Date.now()));
  sheet.addEventListener("focusin", () => Date.now() - saidAt > 3000 && say());
  setInterval(say, EVERY);
  say();
}

async function say() {
  if (document.visibilityState !== "visible" || !navigator.onLine || Date.now() - workedAt > WORKING) return;
  saidAt = Date.now();
  const line = nameOf(document.activeElement.closest("[data-line]"));
  const token = document.querySelector('meta[name="csrf-token"]').content;
  const headers = { "X-Requested-With": "fetch", "X-CSRFToken": token };
  const body = new URLSearchParams({ line });
  const reply = await fetch(sheet.dataset.hereUrl, { method: "POST", headers, body }).catch(() => null);
  if (!reply?.ok) return;
  const found = await reply.json();
  show(found.others);
  document.dispatchEvent(new CustomEvent("presence:heard", { detail: found }));
}

// A line of a checklist has its key there, one of a draft its id beside it.
function nameOf(line) {
  return line?.dataset.line || line?.dataset.id || "";
}

function show(others) {
  const told = sheet.querySelector("[data-here]");
  const text = others.map(({ name, position }) => `${name} ${position}`.trim()).join(", ");
  const words = others.length ? `함께 보는 사람 ${others.length}: ${text}` : "";
  if (told.textContent !== words) told.textContent = words;
  for (const mark of sheet.querySelectorAll(".line-here")) mark.remove();
  for (const { name, line } of others) {
    const question = line ? sheet.querySelector(`[data-line="${line}"] .line-question, [data-id="${line}"]`) : null;
    question?.append(Object.assign(document.createElement("span"), { className: "line-here badge badge-plain", textContent: `${name} 님이 보는 중` }));
  }
}
