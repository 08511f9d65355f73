// Small conveniences of the admin: menus that close, keys for the tasks, a button that copies.

// The server does a form once; a second tap would only take away the answer to the first, which may show a secret.
const UNDER_WAY = 10_000;
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
  setTimeout(() => { delete form.dataset.sent; }, UNDER_WAY);
});
addEventListener("pageshow", () => { for (const form of document.forms) delete form.dataset.sent; });

document.addEventListener("DOMContentLoaded", () => {
  const open = () => document.querySelectorAll("details.pick[open], details.reason[open]");

  document.addEventListener("click", (event) => {
    for (const menu of open()) if (!menu.contains(event.target)) menu.open = false;
    const copied = event.target.closest("[data-copy]");
    const fill = event.target.closest("[data-fill]");
    if (fill) for (const one of fill.form.querySelectorAll("select")) one.value ||= fill.dataset.fill;
    if (copied) navigator.clipboard?.writeText(document.getElementById(copied.dataset.copy).textContent);
  });

  for (const fill of document.querySelectorAll("[data-fill]")) fill.hidden = false;

  document.addEventListener("toggle", (event) => {
    if (event.target.matches?.("details.reason[open]")) event.target.querySelector("textarea, input:not([type=hidden]), select")?.focus();
  }, true);

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      for (const menu of open()) { menu.open = false; menu.querySelector("summary").focus(); }
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, textarea, select")) return;
    const tasks = [...document.querySelectorAll("[data-task]")];
    const here = document.activeElement.closest?.("[data-task]");
    const key = event.key.toLowerCase();
    if (tasks.length && (key === "j" || key === "k")) {
      const next = tasks[Math.min(tasks.length - 1, Math.max(0, tasks.indexOf(here) + (key === "j" ? 1 : -1)))];
      next.querySelector("a").focus();
    } else if (here && (key === "a" || key === "r")) {
      const taken = here.querySelector(`[data-key="${key}"]`);
      taken?.click();
      // At once, and not with the toggle that follows: who types on means the reason, and no further key.
      taken?.closest("details[open]")?.querySelector("textarea").focus();
      event.preventDefault();
    }
  });

  for (const all of document.querySelectorAll("[data-tick-all]")) {
    all.addEventListener("change", () => {
      for (const box of all.closest("table").querySelectorAll("tbody input[type=checkbox]")) box.checked = all.checked;
    });
  }

  const list = document.getElementById("result_list");
  if (list) {
    // On a phone a row is a card without headings: its cells name themselves.
    const headings = [...list.querySelectorAll("thead th")].map((heading) => heading.textContent.trim());
    for (const row of list.querySelectorAll("tbody tr")) {
      [...row.cells].forEach((cell, index) => { if (headings[index]) cell.dataset.label = headings[index]; });
    }
  }
  const counter = document.querySelector("[data-selected]");
  if (!list || !counter) return;
  const boxes = [...list.querySelectorAll(".action-select")];
  const all = document.getElementById("action-toggle");
  let last = null;
  const count = () => {
    const number = boxes.filter((box) => box.checked).length;
    counter.textContent = counter.dataset.selected.replace("{number}", number);
    all.checked = number > 0 && number === boxes.length;
    all.indeterminate = number > 0 && number < boxes.length;
    for (const box of boxes) box.closest("tr").classList.toggle("selected", box.checked);
  };
  list.addEventListener("click", (event) => {
    const box = event.target;
    if (box === all) {
      for (const each of boxes) each.checked = all.checked;
    } else if (boxes.includes(box)) {
      if (event.shiftKey && last) {
        const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].sort((one, other) => one - other);
        for (const each of boxes.slice(from, to + 1)) each.checked = box.checked;
      }
      last = box;
    } else return;
    count();
  });
  addEventListener("pageshow", count);
});
