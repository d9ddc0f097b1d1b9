/** Change is one field that somebody else saved since we read the record. */
export type Change = {
  field: string;
  /** What it was when we read it. */
  base: unknown;
  /** What our form says now. */
  mine: unknown;
  /** What is saved now. */
  theirs: unknown;
  /** Both sides changed it, to different values: a person must choose. */
  clash: boolean;
};

/** Fields the server writes; they never need a decision. */
const written = new Set(["rev", "updated_at", "created_at", "open_cases"]);

/**
 * changes lists what differs between the record as we read it and as it is
 * saved now, in the order of the fields.
 *
 * Source: UX-43, nothing is overwritten silently.
 */
export function changes<T extends object>(base: T, mine: T, theirs: T): Change[] {
  const found: Change[] = [];
  const [was, ours, now] = apart(base, mine, theirs);
  for (const field of Object.keys(now)) {
    if (written.has(field) || same(was[field], now[field])) continue;
    const touched = !same(was[field], ours[field]);
    found.push({
      field,
      base: was[field],
      mine: ours[field],
      theirs: now[field],
      clash: touched && !same(ours[field], now[field]),
    });
  }
  return found;
}

/**
 * merge puts our changes on top of what is saved now. Where both changed a
 * field, ours stays unless the field is in `given`.
 */
export function merge<T extends object>(base: T, mine: T, theirs: T, given: ReadonlySet<string>): T {
  const [was, ours, result] = apart(base, mine, theirs);
  for (const field of Object.keys(ours)) {
    if (written.has(field) || same(was[field], ours[field]) || given.has(field)) continue;
    result[field] = ours[field];
  }
  return together(result) as T;
}

type Values = Record<string, unknown>;

/** apart makes a field of the record of each of the center's own: two people may fill in two of them. Source: CRM-05. */
function apart(...records: [object, object, object]): [Values, Values, Values] {
  const ids = new Set(records.flatMap((record) => Object.keys(own(record))));
  const each = (record: object): Values => {
    const values: Values = { ...record };
    if (ids.size > 0) delete values.fields;
    for (const id of ids) values[`fields.${id}`] = own(record)[id];
    return values;
  };
  return [each(records[0]), each(records[1]), each(records[2])];
}

/** together undoes apart. */
function together(values: Values): Values {
  const result: Values = {};
  for (const [field, value] of Object.entries(values)) {
    if (field.startsWith("fields."))
      result.fields = { ...own(result), [field.slice("fields.".length)]: value };
    else result[field] = value;
  }
  return result;
}

/** own are the values of the center's own fields, by their ids. */
function own(record: object): Values {
  const { fields } = record as { fields?: unknown };
  return typeof fields === "object" && fields !== null && !Array.isArray(fields) ? (fields as Values) : {};
}

/** same compares two JSON values; the order of an object's keys does not count. */
export function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const left = a as Record<string, unknown>;
  const right = b as Record<string, unknown>;
  const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...keys].every((key) => same(left[key], right[key]));
}
