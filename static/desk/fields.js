/* The fields of an activity by the names of the API: what differs between two, and how they stand in a form. */
const TEXTS = ["title", "venue", "content", "effect", "note", "late_reason"];
const FIXED = ["station", "course"];
export const MINUTES = 45;

/* What a field holds when nothing is said. */
export function nothing(name, fields) {
  if (TEXTS.includes(name)) return "";
  if (name === "ends_on") return fields.begins_on;
  return name === "estimated" ? false : null;
}

/* A number as it was written, in whatever digits. */
export const number = text => Number(text.normalize("NFKC").trim());
export const whole = value => value === undefined || (Number.isInteger(value) && value >= 0);

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/* What has to be sent so that `base` becomes `wanted`. */
export function changed(base, wanted) {
  const fields = {};
  for (const name of new Set([...Object.keys(base), ...Object.keys(wanted)])) {
    const [before, after] = [base, wanted].map(side => side[name] ?? nothing(name, side));
    if (!FIXED.includes(name) && !same(before, after)) fields[name] = after;
  }
  return fields;
}

const CLOCKS = ["begins_time", "ends_time"];
const OTHERS = [
  "kind", "genre", "village", "facility", "team", "posting", "begins_on", "ends_on", "attendance", "online_attendance",
  "estimated", "class_minutes",
];

/* What was entered of an activity that the server shows. */
export const fieldsOf = record => Object.fromEntries([
  ...[...TEXTS, ...OTHERS].map(name => [name, record[name]]),
  ...CLOCKS.map(name => [name, record[name]?.slice(0, 5) ?? null]),
]);

/* The same as it stands in the form of a log. */
export function valuesOf(fields) {
  const { class_minutes: minutes, attendance } = fields;
  return {
    ...Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, value ?? ""])),
    ends_on: fields.ends_on === fields.begins_on ? "" : fields.ends_on, estimated: Boolean(fields.estimated),
    not_recorded: (attendance ?? null) === null, class_hours: (minutes ?? null) === null ? "" : minutes / MINUTES,
  };
}
