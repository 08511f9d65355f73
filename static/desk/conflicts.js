/* A record that was changed meanwhile: what was seen, what stands there now and what was entered, side by side, to choose from. */
import { fieldsOf, nothing, valuesOf } from "./fields.js";
import { replace, sendKept, yieldTo } from "./queue.js";

/* What can be chosen of a row: the state follows from the rest. */
const open = row => row.field !== "state" && row.now !== row.yours;

/* Whether an entry is refused because something else stands where it was to go. */
export const inConflict = one => one.state === "refused" && Boolean(one.refusal.compared);

/* The comparison in words, with a choice for each field where there are several; and what can be done with the whole. */
export function compare(card, one, words) {
  const { compared: rows, mine_as: as } = one.refusal;
  const part = name => card.querySelector(`[data-part=${name}]`);
  const choices = rows.filter(open), several = as === "change" && choices.length > 1;
  const done = as === "change" && !choices.length;
  const sides = [...card.querySelectorAll("thead th")].map(head => head.textContent);
  for (const row of rows) line(card.querySelector("tbody"), row, sides, several && open(row) ? one.client_uuid : "");
  card.querySelector(".sheet").hidden = !rows.length;
  part("as_it_is").hidden = !done;
  part("settled").hidden = Boolean(as);
  part("merge").hidden = !several;
  part("mine").hidden = !as || done;
  part("mine").classList.toggle("main", !several);
  if (one.kind === "confirm") [part("mine").textContent, part("theirs").textContent] = [words.confirm_now, words.confirm_not];
  part("merge").addEventListener("click", () => enter(one, chosen(card, rows)));
  part("mine").addEventListener("click", () => enter(one, choices));
  part("theirs").addEventListener("click", () => leave(one));
}

/* One field; where `key` says whose choice it is, what stands there now and one's own can be chosen. */
function line(body, row, sides, key) {
  const cells = body.insertRow();
  cells.appendChild(Object.assign(document.createElement("th"), { scope: "row", textContent: row.label }));
  for (const [index, side] of ["saw", "now", "yours"].entries()) {
    const cell = cells.insertCell();
    // On a narrow screen the heads stand beside the cells.
    cell.dataset.side = sides[index];
    if (!key || side === "saw") {
      cell.append(Object.assign(document.createElement("span"), { textContent: row[side] }));
      continue;
    }
    // What nobody else has touched is one's own to say; where both have, one's own is offered and the other one click away.
    const label = Object.assign(document.createElement("label"), { className: "tick" });
    const mark = Object.assign(document.createElement("input"), {
      type: "radio", name: `${key} ${row.field}`, value: side, checked: side === "yours",
    });
    label.append(mark, ` ${row[side]}`);
    cell.append(label);
  }
}

const chosen = (card, rows) =>
  rows.filter(row => open(row) && [...card.querySelectorAll("input:checked")].some(
    mark => mark.value === "yours" && mark.name.endsWith(` ${row.field}`)));

/* One's own goes in on top of what stands there now, which has been looked at here; it was entered when it was entered. */
export async function enter(one, rows = []) {
  const { now, mine_as: kind } = one.refusal, { title, device_at } = one;
  const wanted = Object.fromEntries(rows.map(({ field }) => [field, one.fields[field] ?? nothing(field, one.fields)]));
  const fields = kind === "change" ? wanted : one.fields, base = fieldsOf(now);
  if (kind === "change" && !rows.length) return leave(one);
  await replace(one.client_uuid, {
    kind, activity: now.id, seen: now.etag, fields, title, device_at,
    ...(kind === "change" ? { base, values: valuesOf({ ...base, ...fields }), page: pageOf(now) } : { page: one.page, said: one.said }),
  });
  await sendKept({ now: true });
}

const pageOf = ({ station }) => `${document.getElementById("entries").dataset.log}?station=${station}`;

/* What stands there stays; the photos are of that event too, and go to it. */
export async function leave({ client_uuid, refusal }) {
  await yieldTo(client_uuid, refusal.now.id);
  await sendKept({ now: true });
}
