/* Who learns in the courses whose sessions are logged on this phone: fetched while there is a network, ticked without one. */
import { dropNames, fact, me, note, run } from "./queue.js";

const PATIENCE = 30_000;

/* Brings the rosters in hand onto this phone, in place of those of before; without a network these stay. `older`: only where
   they were asked for so many milliseconds ago. */
export async function keepRosters(address, older = 0) {
  if (Date.now() - (await fact("rosters asked") || 0) < older) return;
  const signal = AbortSignal.timeout(PATIENCE);
  const answer = await fetch(address, { credentials: "same-origin", cache: "no-store", signal }).catch(() => null);
  // Whoever may not see them any more does not keep them either.
  if (answer && [403, 404].includes(answer.status)) await dropNames();
  if (!answer?.ok || answer.redirected) return;
  const { user, rosters } = await answer.json();
  if (user !== me.user) return;
  await run("readwrite", ({ rosters: kept }) => {
    kept.clear();
    for (const roster of rosters) kept.put({ ...roster, user, kept_at: Date.now() });
  });
  await note("rosters asked", Date.now());
}

/* The roster of a course as far as it is kept for who is signed in. */
export async function rosterOf(course) {
  const roster = await run("readonly", ({ rosters }) => rosters.get(Number(course)));
  return roster?.user === me.user ? roster : null;
}

export const learnersOn = (roster, day) =>
  roster.learners.filter(({ from, until }) => from <= day && (!until || day < until));

/* Puts a tick a learner into the box: all of them ticked, or those that are told. */
export function tick(box, learners, present = null) {
  box.replaceChildren(...learners.map(({ id, name }) => {
    const label = Object.assign(document.createElement("label"), { className: "tick" });
    const mark = Object.assign(document.createElement("input"), {
      type: "checkbox", name: "present", value: id, checked: !present || present.includes(id),
    });
    label.append(mark, ` ${name}`);
    return label;
  }));
}

export const ticked = box => [...box.querySelectorAll("input:checked")].map(({ value }) => Number(value));
