/* A button that prints the page; without this script the browser's own menu does it. */
for (const button of document.querySelectorAll("button.print")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
