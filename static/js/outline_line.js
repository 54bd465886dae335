// One line of an outline: its form, its fields and how deep it hangs.

export function form(line) {
  return line.querySelector("form");
}

export function fields(line) {
  return form(line).elements;
}

export function deepness(line) {
  const { depth, level } = fields(line);
  return Number((depth ?? level).value);
}

export const SIGNED = ["text", "level", "kind", "depth", "finding_type"];

// What of a line is saved; two equal signatures mean there is nothing to save.
export function signature(line) {
  const { text, level, kind, depth, finding_type: type } = fields(line);
  return JSON.stringify([text.value, level.value, kind?.value, depth?.value, type?.value]);
}

export function fill(line, values) {
  line.dispatchEvent(new CustomEvent("outline:fill", { bubbles: true }));
  for (const name of SIGNED) {
    if (fields(line)[name] && values[name] !== undefined) fields(line)[name].value = values[name];
  }
  if (values.version) setVersion(line, values.version);
  dress(line);
}

export function setVersion(line, version) {
  for (const field of line.querySelectorAll('input[name="version"]')) field.value = version;
}

// Looks after its level and depth.
export function dress(line) {
  const { level, depth, text } = fields(line);
  const deep = depth ? ` outline-depth-${depth.value}` : "";
  line.className = `outline-line outline-level-${level.value}${deep}`;
  grow(text);
}

export function caret(line, at) {
  const { text } = fields(line);
  text.focus();
  text.setSelectionRange(at, at);
}

export function atEnd(line) {
  caret(line, fields(line).text.value.length);
}

export function grow(text) {
  text.style.height = "auto";
  text.style.height = `${text.scrollHeight + 2}px`;
}

// The line and the deeper lines behind it: they move together.
export function blockOf(line) {
  const rows = [line];
  for (let next = line.nextElementSibling; next && deepness(next) > deepness(line); next = next.nextElementSibling) {
    rows.push(next);
  }
  return rows;
}

// The head of the block that ends with `row`, seen from `line`, which has to pass it as a whole.
export function headOf(row, line) {
  while (row.previousElementSibling && deepness(row) > deepness(line)) row = row.previousElementSibling;
  return row;
}
