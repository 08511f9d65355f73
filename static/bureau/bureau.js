// Small conveniences of the admin: menus that close, keys for the tasks, a button that copies.
document.addEventListener("DOMContentLoaded", () => {
  const open = () => document.querySelectorAll("details.pick[open], details.reason[open]");

  document.addEventListener("click", (event) => {
    for (const menu of open()) if (!menu.contains(event.target)) menu.open = false;
    const copied = event.target.closest("[data-copy]");
    if (copied) navigator.clipboard?.writeText(document.getElementById(copied.dataset.copy).textContent);
  });

  document.addEventListener("toggle", (event) => {
    if (event.target.matches?.("details.reason[open]")) event.target.querySelector("textarea").focus();
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
      here.querySelector(`[data-key="${key}"]`)?.click();
    }
  });
});
