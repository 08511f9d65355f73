/* A photo shown as evidence is made smaller on the phone before it is sent; without this script it goes as it is. */
import { shrink } from "./photos.js";

for (const form of document.querySelectorAll("form[data-shrink]")) {
  const input = form.elements.file;
  input.addEventListener("change", async () => {
    const [file] = input.files;
    if (!file || !file.type.startsWith("image/")) return;
    const button = form.querySelector("button");
    button.disabled = true;
    try {
      const smaller = await shrink(file);
      if (smaller !== file && smaller.size < file.size) {
        const kept = new DataTransfer();
        kept.items.add(new File([smaller], file.name.replace(/\.[^.]*$/, "") + ".jpg", { type: "image/jpeg" }));
        input.files = kept.files;
      }
    } finally {
      button.disabled = false;
    }
  });
}
