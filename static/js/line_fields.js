// The fields of one line of the checklist: what they hold, what they were served with, and filling them in.
// `values` is { name of the field: text }; a box that is not ticked and a button not chosen are not in it.

export function baseOf(line) {
  return line.querySelector(`[name="a${line.dataset.line}-base"]`);
}

function inputsOf(line) {
  return [...line.querySelectorAll(`[name^="a${line.dataset.line}-"]`)].filter((input) => !input.name.endsWith("-base"));
}

export function valuesOf(line, { asServed = false } = {}) {
  const values = {};
  for (const input of inputsOf(line)) {
    if (["radio", "checkbox"].includes(input.type)) {
      if (asServed ? input.defaultChecked : input.checked) values[input.name] = input.value;
    } else values[input.name] = asServed ? servedValue(input) : input.value;
  }
  return values;
}

function servedValue(input) {
  if (!input.options) return input.defaultValue;
  return ([...input.options].find((option) => option.defaultSelected) ?? input.options[0]).value;
}

export function fill(line, values) {
  for (const input of inputsOf(line)) {
    const value = values[input.name] ?? "";
    if (input.type === "radio") input.checked = input.value === value;
    else if (input.type === "checkbox") input.checked = Boolean(value);
    else input.value = value;
  }
  line.dispatchEvent(new CustomEvent("line:filled", { bubbles: true }));
}

// The server names its fields without the prefix of the line.
export function named(line, current) {
  const prefix = `a${line.dataset.line}-`;
  return Object.fromEntries(
    Object.entries(current).map(([name, value]) => [prefix + name, value === true ? "on" : value || ""]),
  );
}

// My answer, and both texts where they differ.
export function merged(line, current) {
  const mine = valuesOf(line);
  for (const name of ["text", "opinion"]) {
    const key = `a${line.dataset.line}-${name}`;
    if (current[name] && current[name] !== mine[key]) mine[key] = `${mine[key] ?? ""}\n${current[name]}`.trim();
  }
  return mine;
}
