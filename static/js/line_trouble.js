// What the server did not take, beside its line or, where the line is not on this page, above the sheet.

import { merged, named } from "./line_fields.js";

// The box of a line: why, and for a collision both texts and a button for each of `ways`, { label: act }.
export function showTrouble(line, { message, errors, current }, ways) {
  const words = errors ? Object.values(errors).join(" ") : message;
  const box = boxOf(line, words, current ? toldOf(current) : "");
  if (!current || box.childElementCount > 2) return;
  for (const [label, act] of Object.entries(ways)) box.append(button(label, act));
}

// What to save after a collision: my fields, those that stand there, or mine with both texts.
export function sides(line, current, mine) {
  return { mine, theirs: named(line, current), both: merged(line, current) };
}

export function strayRow({ line, values, trouble }, wholeUrl, throwAway) {
  const said = Object.values(values).filter((value) => value && value !== "on").join(" · ");
  const text = `${trouble.message ?? "저장하지 못한 항목이 있습니다."} 적은 글: ${said || "(비어 있음)"}`;
  const open = made("a", { className: "button button-small", textContent: "전체 점검표에서 보기", href: `${wholeUrl}?all=1#item-${line}` });
  const row = document.createElement("div");
  row.append(made("p", { textContent: text }), open, " ", button("버리기", throwAway));
  return row;
}

function toldOf({ choice, number, text, dated_on, opinion, is_not_applicable, not_applicable_reason, ...cells }) {
  const answer = is_not_applicable ? `해당사항 없음(${not_applicable_reason})` : choice || number || dated_on || text;
  const parts = Object.values(cells).filter(Boolean).join(", ");
  return `저장되어 있는 답: ${answer || parts || "미응답"}${opinion ? ` · 의견: ${opinion}` : ""}`;
}

function boxOf(line, words, told) {
  let box = line.querySelector(".line-trouble");
  if (box?.dataset.words === words + told) return box;
  box?.remove();
  box = made("div", { className: "line-trouble notice notice-error" });
  box.dataset.words = words + told;
  box.setAttribute("role", "alert");
  for (const text of [words, told]) box.append(made("p", { textContent: text, hidden: !text }));
  line.append(box);
  return box;
}

function button(label, act) {
  const found = made("button", { type: "button", className: "button button-small", textContent: label });
  found.addEventListener("click", act);
  return found;
}

function made(name, properties) {
  return Object.assign(document.createElement(name), properties);
}
