/* What the forms of a log do beyond plain HTML: a number and "not recorded" exclude each other; the device's clock goes along. */
for (const form of document.querySelectorAll("form.entry")) {
  const { attendance, not_recorded: notRecorded, device_at: deviceAt } = form.elements;
  if (attendance && notRecorded) {
    attendance.addEventListener("input", () => { if (attendance.value) notRecorded.checked = false; });
    notRecorded.addEventListener("change", () => { if (notRecorded.checked) attendance.value = ""; });
  }
  form.addEventListener("submit", () => { if (deviceAt) deviceAt.value = new Date().toISOString(); });
}
