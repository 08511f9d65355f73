/* What the log form does beyond plain HTML: a number and "not recorded" exclude each other; the device's clock goes along. */
const form = document.querySelector("form.entry");
const { attendance, not_recorded: notRecorded, device_at: deviceAt } = form.elements;
attendance.addEventListener("input", () => { if (attendance.value) notRecorded.checked = false; });
notRecorded.addEventListener("change", () => { if (notRecorded.checked) attendance.value = ""; });
form.addEventListener("submit", () => { if (deviceAt) deviceAt.value = new Date().toISOString(); });
