// A box in the head of a table that ticks or clears all boxes of its rows.

for (const table of document.querySelectorAll("[data-choose-all]")) {
  const all = table.querySelector("[data-choose-all-box]");
  const boxes = [...table.querySelectorAll('tbody input[type="checkbox"]')];
  const show = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    all.checked = boxes.length > 0 && ticked === boxes.length;
    all.indeterminate = ticked > 0 && ticked < boxes.length;
  };
  all.disabled = boxes.length === 0;
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
  });
  table.addEventListener("change", show);
  show();
}
