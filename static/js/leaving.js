// Signing out on a device that still keeps unsent work: send it first, keep it for the next sign-in, or throw it
// away. What is kept to be read without a network goes in any case.

import { dropAll, entries, send } from "./outbox.js";
import { forgetAll } from "./prepare.js";

const form = document.querySelector("[data-sign-out]");
const dialog = document.getElementById("sign-out-dialog");

form?.addEventListener("submit", async (event) => {
  if (form.dataset.decided) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const waiting = await entries().catch(() => []);
  if (waiting.length) ask(waiting.length);
  else leave();
}, { capture: true });

function ask(count) {
  dialog.querySelector("[data-count]").textContent = count;
  dialog.showModal();
  const acts = {
    send: async () => ((await send()) ? leave() : failed()),
    keep: leave,
    drop: async () => {
      await dropAll();
      leave();
    },
  };
  for (const [name, act] of Object.entries(acts)) dialog.querySelector(`[data-sign-out-${name}]`).onclick = act;
}

function failed() {
  dialog.querySelector("[data-sign-out-failed]").hidden = false;
}

async function leave() {
  await forgetAll();
  form.dataset.decided = "yes";
  form.requestSubmit();
}
