import type { AuditRow } from "./types";

/** Difference is one field of an object before and after a change, as text. */
export type Difference = { field: string; before: string; after: string };

/** differences lists the fields that differ, by their paths; "" where there was none. The subject itself is named apart. */
export function differences(before: unknown, after: unknown): Difference[] {
  const [was, is] = [flat(before), flat(after)];
  const fields = [...new Set([...was.keys(), ...is.keys()])];
  return fields
    .filter((field) => field !== "rev" && field !== "id" && was.get(field) !== is.get(field))
    .map((field) => ({ field, before: was.get(field) ?? "", after: is.get(field) ?? "" }));
}

/** Named is what the subject of a change is called; the French name is empty where it is the same. */
export type Named = Pick<AuditRow, "subject" | "subject_name" | "subject_name_fr">;

/**
 * subjectOf returns how a person calls what a change was about: by its name, or, where there is only one or its
 * name is gone, by the word for such a thing. `word` finds that in a catalog, "" if there is none.
 */
export function subjectOf(row: Named, french: boolean, word: (name: string) => string): string {
  const name = (french && row.subject_name_fr) || row.subject_name;
  return name || word(row.subject) || word(row.subject.split("_")[0] ?? "") || row.subject;
}

/** The forms whose words name the fields of a subject, by the prefix of its id. */
const forms: Record<string, string> = {
  agt: "agent",
  can: "canned",
  dsl: "list",
  ent: "entry",
  faq: "faq",
  fld: "field",
  fqc: "category",
  grp: "group",
  key: "key",
  que: "queue",
  skl: "skill",
  stc: "code",
  whk: "webhook",
};

/** fieldOf returns what a field is called in the form it is edited in: "Members[2].level"; its path if it is in none. */
export function fieldOf(
  subject: string,
  path: string,
  word: (form: string, field: string) => string,
): string {
  const form = forms[subject.split("_")[0] ?? ""];
  const head = path.split(/[.[]/, 1)[0] ?? "";
  const name = form && head && word(form, head);
  return name ? name + path.slice(head.length) : path;
}

/**
 * valueWord returns what a value of a field is called where it is chosen: "Break" for on_break; the value itself if it
 * is not one of a few. `word` finds a word of the catalog by its path, "" if there is none.
 */
export function valueWord(
  subject: string,
  path: string,
  value: string,
  word: (key: string) => string,
): string {
  if (!/^[a-z][\w-]*$/.test(value)) return value;
  const form = forms[subject.split("_")[0] ?? ""];
  const field =
    path
      .replace(/\[\d+\]/g, "")
      .split(".")
      .at(-1) ?? "";
  return word(`${field}.${value}`) || (form && word(`${form}.${field}s.${value}`)) || value;
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
