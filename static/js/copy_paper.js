// 복사: the paper on the clipboard as HTML, with tables that have lines, and as plain text. A word processor takes
// the first, everything else the second.

const button = document.querySelector("[data-copy-paper]");
const paper = document.querySelector(".paper");

if (button && paper && window.ClipboardItem) {
  button.hidden = false;
  button.addEventListener("click", copy);
}

async function copy() {
  const item = new ClipboardItem({ "text/html": blob(htmlOf(paper), "text/html"), "text/plain": textOf(button.dataset.textUrl) });
  try {
    await navigator.clipboard.write([item]);
    tell("복사했습니다. 문서 편집기에 붙여 넣으세요.", "success");
  } catch {
    tell("복사하지 못했습니다. 브라우저에서 클립보드 사용을 허용해 주세요.", "error");
  }
}

async function textOf(url) {
  const reply = await fetch(url);
  if (!reply.ok) throw new Error(reply.status);
  return blob(await reply.text(), "text/plain");
}

// What a style sheet says here is lost on the way: lines of tables, sizes and bold have to go along.
function htmlOf(paper) {
  const copied = paper.cloneNode(true);
  for (const table of copied.querySelectorAll("table")) {
    const look = { border: "1", cellspacing: "0", cellpadding: "4", width: "100%" }; // attributes: no style may be set here
    for (const [name, value] of Object.entries(look)) table.setAttribute(name, value);
  }
  for (const each of copied.querySelectorAll("*")) {
    each.removeAttribute("class");
    each.removeAttribute("data-line");
  }
  for (const image of copied.querySelectorAll("img")) image.replaceWith(image.alt);
  return copied.innerHTML;
}

function blob(text, type) {
  return new Blob([text], { type });
}

function tell(text, tone) {
  document.dispatchEvent(new CustomEvent("salpim:toast", { detail: { text, tone } }));
}
