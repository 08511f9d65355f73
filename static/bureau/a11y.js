// What Unfold's markup leaves unsaid to keyboards and screen readers.
document.addEventListener("DOMContentLoaded", () => {
  const words = document.getElementById("words")?.dataset ?? {};
  const set = (selector, attributes) => {
    for (const element of document.querySelectorAll(selector)) {
      for (const [name, value] of Object.entries(attributes)) if (value && !element.hasAttribute(name)) element.setAttribute(name, value);
    }
  };
  set("#content", { role: "main", tabindex: "-1" });
  set("#main > div:first-child", { role: "banner" });
  set("#nav-sidebar nav", { "aria-label": words.menu });
  set("#submit-row", { role: "region", "aria-label": words.save });
  set('[x-data="searchCommand()"]', { role: "dialog", "aria-label": words.search });
  set(".pages", { role: "navigation" });
  set("#searchbar, #search-input-command", { "aria-label": words.search });
  set("#searchbar-submit, #command-submit", { "aria-label": words.search });

  // The note above a form that was refused leads to each field, in the words that stand there.
  const note = document.querySelector(".errornote");
  const wrong = [...document.querySelectorAll("form [aria-invalid=true]")].filter((field) => field.id && field.labels?.length);
  if (note && wrong.length) {
    const list = document.createElement("ul");
    list.className = "faults";
    for (const field of wrong) {
      const told = document.getElementById(`${field.id}_error`)?.textContent.trim() ?? "";
      const link = document.createElement("a");
      link.href = `#${field.id}`;
      link.textContent = `${field.labels[0].textContent.replace("*", "").trim()}: ${told}`;
      link.addEventListener("click", (event) => { event.preventDefault(); field.focus(); field.scrollIntoView({ block: "center" }); });
      list.append(document.createElement("li"));
      list.lastChild.append(link);
    }
    note.append(list);
    note.setAttribute("role", "alert");
  }

  // Things that are clicked and are neither links nor buttons.
  for (const element of document.querySelectorAll(".cursor-pointer")) {
    if (element.closest("a[href], button, label, summary") || element.matches("input")) continue;
    const icon = element.textContent.trim();
    element.setAttribute("role", "button");
    element.tabIndex = 0;
    if (icon === "close") element.setAttribute("aria-label", words.close);
    element.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") { event.preventDefault(); element.click(); }
    });
  }

  // A table wider than its box is scrolled from the keyboard, too.
  const reach = () => {
    for (const box of document.querySelectorAll(".scroll")) {
      const wide = box.scrollWidth > box.clientWidth;
      const heading = box.closest("section, fieldset, form")?.querySelector("h2");
      if (!wide) { box.removeAttribute("tabindex"); box.removeAttribute("role"); continue; }
      box.tabIndex = 0;
      box.setAttribute("role", "group");
      box.setAttribute("aria-label", heading ? heading.textContent.trim() : words.scroll);
    }
  };
  reach();
  addEventListener("load", reach);
  addEventListener("resize", reach);

  // Boxes that simplebar scrolls are landmarks; each needs a name of its own.
  const name = () => {
    document.querySelectorAll(".simplebar-content-wrapper").forEach((box, index) => box.setAttribute("aria-label", `${words.scroll} ${index + 1}`));
    document.querySelectorAll(".select2-selection").forEach((box) => {
      const label = box.closest(".select2")?.parentElement.querySelector("select")?.labels?.[0];
      if (!label) return;
      label.id ||= `label-${box.getAttribute("aria-labelledby")}`;
      box.setAttribute("aria-labelledby", label.id);
      box.querySelector("[role=textbox]")?.setAttribute("aria-labelledby", label.id);
    });
  };
  name();
  addEventListener("load", name);
  new MutationObserver(name).observe(document.body, { childList: true, subtree: true });
});
