// The stock admin leaves some fields without a name for a screen reader; here they get one.

function headings(table) {
  return [...table.querySelectorAll("thead th")].map((th) => th.textContent.trim());
}

// An input in a tabular inline or in an editable list is called as its column.
function nameFieldsByColumn(root) {
  for (const table of root.querySelectorAll(".inline-group .tabular table, #result_list")) {
    const columns = headings(table);
    for (const row of table.querySelectorAll("tbody tr")) {
      for (const field of row.querySelectorAll("input:not([type=hidden]), select, textarea")) {
        const column = columns[field.closest("td")?.cellIndex] || "삭제";
        if (!field.labels?.length && !field.hasAttribute("aria-label")) field.setAttribute("aria-label", column);
      }
    }
  }
}

// A heading without text is no heading.
function clearEmptyHeadings(root) {
  for (const th of root.querySelectorAll(".inline-group thead th, #result_list thead th")) {
    if (th.textContent.trim() || th.querySelector("input")) continue;
    const td = document.createElement("td");
    td.className = th.className;
    th.replaceWith(td);
  }
}

// The box that select2 draws takes the label of the select that it hides.
function nameSelectBoxes(root) {
  for (const select of root.querySelectorAll("select.select2-hidden-accessible")) {
    const box = select.nextElementSibling?.querySelector("[role=combobox]");
    const text = select.labels?.[0]?.textContent.trim().replace(/:$/, "") || select.getAttribute("aria-label");
    if (!box || !text) continue;
    box.removeAttribute("aria-labelledby");
    box.setAttribute("aria-label", text);
    for (const name of ["role", "aria-readonly"]) box.firstElementChild.removeAttribute(name);
  }
}

function nameEverything() {
  nameFieldsByColumn(document);
  nameSelectBoxes(document);
  clearEmptyHeadings(document);
}

// jQuery calls in the order of asking, so select2 is there before us; pages without a form have no jQuery.
if (window.django?.jQuery) window.django.jQuery(nameEverything);
else nameEverything();
document.addEventListener("formset:added", () => setTimeout(nameEverything));
