/* The panel that says what became of the entry that was kept last, for every form that keeps first and sends then. */
import { entry } from "./queue.js";

const panel = document.getElementById("kept");
// Why an entry waits, where waiting alone does not help.
const ASK = ["sign_in", "not_permitted"];
let kept = null, form = null;

/* What there is to say of an entry: what the server made of it, or how far it got. */
function stateOf(one) {
  if (one.state === "sent") return one.receipt.state;
  if (one.state === "refused" && one.refusal.compared) return "conflict";
  return ASK.includes(one.code) ? one.code : one.state;
}

function tell(one) {
  const state = stateOf(one);
  form.hidden = true;
  document.getElementById("again")?.parentElement.setAttribute("hidden", "");
  for (const part of panel.querySelectorAll("[data-when]")) part.hidden = !part.dataset.when.split(" ").includes(state);
  panel.querySelector("[data-reason]").textContent = one.refusal?.message || "";
  panel.querySelector("[data-edit]").href = `${one.page}#${one.client_uuid}`;
  if (one.receipt) panel.querySelector("[data-record]").href = `${panel.dataset.records}${one.receipt.id}/`;
  if (!panel.hidden) return;
  panel.hidden = false;
  panel.focus();
}

/* Shows the panel in place of its form, and follows what becomes of the entry. */
export function follow(one, ofForm) {
  [kept, form] = [one, ofForm];
  tell(one);
}

/* The form again, in place of the panel. */
export function close(ofForm) {
  kept = null;
  panel.hidden = true;
  ofForm.hidden = false;
  document.getElementById("again")?.parentElement.removeAttribute("hidden");
}

const toldOf = field => `${field.id}_told`;
const describedBy = field => (field.getAttribute("aria-describedby") || "").split(" ").filter(Boolean);

export const button = name => panel.querySelector(`[data-${name}]`);

document.addEventListener("queue", async () => {
  const one = kept && await entry(kept.client_uuid);
  if (one) tell(one);
});

/* The faults a form was found to have, each beside its field and in a box above whose lines lead there: [[name, words], …]. */
export function show(ofForm, found) {
  document.querySelector(".faults")?.remove();
  ofForm.querySelectorAll("[data-told]").forEach(said => said.remove());
  for (const field of ofForm.querySelectorAll("[aria-invalid]")) {
    field.removeAttribute("aria-invalid");
    field.setAttribute("aria-describedby", describedBy(field).filter(id => id !== toldOf(field)).join(" "));
  }
  if (!found.length) return;
  const box = document.getElementById("faults").content.firstElementChild.cloneNode(true);
  for (const [name, text] of found) {
    const named = ofForm.elements[name], field = named instanceof RadioNodeList ? named[0] : named;
    const link = Object.assign(document.createElement("a"), { href: `#${field.id}`, textContent: text });
    field.closest("details")?.setAttribute("open", "");
    field.setAttribute("aria-invalid", "true");
    field.setAttribute("aria-describedby", [...describedBy(field), toldOf(field)].join(" "));
    const said = Object.assign(document.createElement("p"), { className: "fault", id: toldOf(field), textContent: text });
    said.dataset.told = "";
    (field.closest(".chips") || field).before(said);
    box.querySelector("ul").appendChild(document.createElement("li")).append(link);
  }
  ofForm.before(box);
  box.focus();
}
