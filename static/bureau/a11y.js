// What Unfold's markup leaves unsaid to keyboards and screen readers.
document.addEventListener("DOMContentLoaded", () => {
  const set = (selector, attributes) => {
    for (const element of document.querySelectorAll(selector)) {
      for (const [name, value] of Object.entries(attributes)) if (!element.hasAttribute(name)) element.setAttribute(name, value);
    }
  };
  set("#content", { role: "main", tabindex: "-1" });
  set("#result_list tbody:first-of-type", { id: "rows", tabindex: "-1" });
});
