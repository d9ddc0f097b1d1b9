/** Difference is one field of an object before and after a change, as text. */
export type Difference = { field: string; before: string; after: string };

/** differences lists the fields that differ, by their paths; "" where there was none. */
export function differences(before: unknown, after: unknown): Difference[] {
  const [was, is] = [flat(before), flat(after)];
  const fields = [...new Set([...was.keys(), ...is.keys()])];
  return fields
    .filter((field) => field !== "rev" && was.get(field) !== is.get(field))
    .map((field) => ({ field, before: was.get(field) ?? "", after: is.get(field) ?? "" }));
}

/** nameIn finds the name of the object a change was about, "" if it has none. */
export function nameIn(value: unknown): string {
  if (typeof value !== "object" || value === null) return "";
  const named = value as Record<string, unknown>;
  const name = named.display_name ?? named.name ?? named.question;
  return typeof name === "string" ? name : "";
}

/** flat lists the leaves of a JSON value by path: script.title.en, members[2].level. */
function flat(value: unknown, path = "", into = new Map<string, string>()): Map<string, string> {
  if (value === null || value === undefined) return into;
  if (Array.isArray(value)) {
    value.forEach((item, n) => {
      flat(item, `${path}[${n}]`, into);
    });
  } else if (typeof value === "object") {
    for (const [key, item] of Object.entries(value)) flat(item, path ? `${path}.${key}` : key, into);
  } else {
    into.set(path, String(value));
  }
  return into;
}
