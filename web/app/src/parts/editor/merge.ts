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
  for (const field of Object.keys(theirs) as (keyof T & string)[]) {
    if (written.has(field) || same(base[field], theirs[field])) continue;
    const touched = !same(base[field], mine[field]);
    found.push({
      field,
      base: base[field],
      mine: mine[field],
      theirs: theirs[field],
      clash: touched && !same(mine[field], theirs[field]),
    });
  }
  return found;
}

/**
 * merge puts our changes on top of what is saved now. Where both changed a
 * field, ours stays unless the field is in `given`.
 */
export function merge<T extends object>(base: T, mine: T, theirs: T, given: ReadonlySet<string>): T {
  const result = { ...theirs };
  for (const field of Object.keys(mine) as (keyof T & string)[]) {
    if (written.has(field) || same(base[field], mine[field]) || given.has(field)) continue;
    result[field] = mine[field];
  }
  return result;
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
