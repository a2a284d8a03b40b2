// A grid of numbers by key: the arrows and Enter go from cell to cell, and a block of a
// spreadsheet is put in from the cell where it is pasted. A block with names goes to the
// field that reads them. Everything here has a way without it.
"use strict";
(() => {
  const table = document.querySelector("table[data-grid]");
  if (!table) return;
  const rows = [...table.tBodies[0].rows].map((row) => [...row.querySelectorAll("input:not([type=hidden]), textarea")]);
  const place = (cell) => { const r = rows.findIndex((row) => row.includes(cell)); return [r, r < 0 ? -1 : rows[r].indexOf(cell)]; };
  const go = (r, c) => { const cell = rows[r]?.[c]; if (cell) { cell.focus(); cell.select(); } return Boolean(cell); };
  table.addEventListener("keydown", (event) => {
    const [r, c] = place(event.target);
    if (r < 0 || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const down = { Enter: event.shiftKey ? -1 : 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!down) return;
    const cell = event.target;
    if (cell.tagName === "TEXTAREA" && (event.key === "Enter" || cell.value.slice(...(down > 0 ? [cell.selectionEnd] : [0, cell.selectionStart])).includes("\n"))) return;
    event.preventDefault(); // Enter in a cell never sends the form
    if (!go(r + down, c) && event.key === "Enter") go(0, c + 1);
  });
  table.addEventListener("paste", (event) => {
    const [r, c] = place(event.target), text = event.clipboardData.getData("text").replace(/\r\n/g, "\n").replace(/\n+$/, "");
    if (r < 0 || !/[\t\n]/.test(text) || event.target.tagName === "TEXTAREA" && !text.includes("\t")) return;
    event.preventDefault();
    if (/[\p{L}]/u.test(text)) {
      const field = document.getElementById("pasted");
      field.closest("details").open = true;
      field.value = text;
      field.form.requestSubmit(document.querySelector("[name=read]"));
      return;
    }
    text.split("\n").forEach((line, down) => line.split("\t").forEach((words, right) => {
      const cell = rows[r + down]?.[c + right];
      if (cell) cell.value = words.trim();
    }));
    event.target.dispatchEvent(new Event("input", { bubbles: true }));
  });
})();
