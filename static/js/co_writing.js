// What others have saved in a draft since this page was opened: told, and shown when the user wants it. Lines
// that are being written here are never touched.

import { fields } from "./outline_line.js";

const outline = document.querySelector("[data-outline]");
const notice = document.querySelector("[data-others-saved]");
const UNSETTLED = new Set(["unsaved", "failed", "saving"]);

document.addEventListener("presence:heard", ({ detail }) => {
  if (!outline || !detail.lines) return;
  const changed = lines().filter((line) => isOlder(line, detail.lines)).length;
  const known = new Set(lines().map((line) => line.dataset.id));
  const added = Object.keys(detail.lines).filter((id) => !known.has(id)).length;
  notice.hidden = changed + added === 0;
  notice.querySelector("[data-count]").textContent = changed + added;
});

function lines() {
  return [...outline.querySelectorAll("li[data-line]")];
}

function isOlder(line, versions) {
  if (line.dataset.isNew || UNSETTLED.has(line.dataset.state)) return false;
  const version = versions[line.dataset.id];
  return version === undefined || version > Number(fields(line).version.value);
}
