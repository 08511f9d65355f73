/* What the month grid does beyond plain HTML: a block copied from a sheet fills the cells, and arrow keys walk them. */
const grid = document.querySelector("table.cells");
const cellsOf = (row) => [...row.querySelectorAll("input")];
const rows = () => [...grid.tBodies[0].rows];

grid.addEventListener("paste", (event) => {
  const text = event.clipboardData.getData("text/plain");
  const start = event.target.closest("td");
  if (!start || !/[\t\n]/.test(text.trimEnd())) return;
  const lines = text.replace(/\r/g, "").replace(/\n+$/, "").split("\n");
  const first = start.parentElement.rowIndex - 1;
  const column = cellsOf(start.parentElement).indexOf(event.target);
  const room = rows().length - first;
  if (lines.length > room) {
    /* More lines than rows: the page reads them all and answers with as many rows. */
    const box = document.getElementById("id_pasted");
    box.closest("details").open = true;
    box.value = text;
    event.preventDefault();
    box.focus();
    return;
  }
  event.preventDefault();
  lines.forEach((line, down) => {
    const cells = cellsOf(rows()[first + down]);
    line.split("\t").forEach((value, right) => { if (cells[column + right]) cells[column + right].value = value.trim(); });
  });
  cellsOf(rows()[first])[column].focus();
});

grid.addEventListener("keydown", (event) => {
  const step = { ArrowUp: -1, ArrowDown: 1, Enter: 1 }[event.key];
  if (!step || event.isComposing) return;
  const row = event.target.closest("tr");
  const next = rows()[row.rowIndex - 1 + step];
  if (!next) return;
  event.preventDefault();
  cellsOf(next)[cellsOf(row).indexOf(event.target)].focus();
});
