// Signing out on a device that still keeps unsent work: send it first, keep it for the next sign-in, or throw it
// away. And what waits from before is sent from whatever page is open.

const form = document.querySelector("[data-sign-out]");
const dialog = document.getElementById("sign-out-dialog");

if (window.indexedDB) import("./outbox.js").then((outbox) => outbox.send()).catch(() => {});

form?.addEventListener("submit", async (event) => {
  if (form.dataset.decided) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const outbox = await import("./outbox.js").catch(() => null);
  const waiting = await outbox?.entries().catch(() => []);
  if (!waiting?.length) leave();
  else ask(outbox, waiting.length);
}, { capture: true });

function ask(outbox, count) {
  dialog.querySelector("[data-count]").textContent = count;
  dialog.showModal();
  const acts = {
    send: async () => ((await outbox.send()) ? leave() : failed()),
    keep: leave,
    drop: async () => {
      await outbox.dropAll();
      leave();
    },
  };
  for (const [name, act] of Object.entries(acts)) dialog.querySelector(`[data-sign-out-${name}]`).onclick = act;
}

function failed() {
  dialog.querySelector("[data-sign-out-failed]").hidden = false;
}

function leave() {
  form.dataset.decided = "yes";
  form.requestSubmit();
}
