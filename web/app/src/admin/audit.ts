import type { AuditRow, SettingValue } from "./types";

/** Difference is one field of an object before and after a change, as text. */
type Difference = { field: string; before: string; after: string };

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
  support_page: "support",
  whk: "webhook",
};

const formOf = (subject: string) => forms[subject] ?? forms[subject.split("_")[0] ?? ""] ?? "";

/**
 * fieldOf returns what a field is called in the form it is edited in, the words of what is inside it behind it and
 * counted from one: "Members 3 \u203a Level". A step nobody has a word for stays as it is. `word` finds a word of a
 * form, or of any ("").
 */
export function fieldOf(
  subject: string,
  path: string,
  word: (form: string, field: string) => string,
): string {
  const form = formOf(subject);
  return path
    .split(".")
    .map((step) => {
      const [, name = "", index] = step.match(/^(.*?)(?:\[(\d+)\])?$/) ?? [];
      const called = (form && word(form, name)) || word("", name) || name;
      return index === undefined ? called : `${called} ${Number(index) + 1}`;
    })
    .join(" \u203a ");
}

/** SettingChange is a setting of somebody before and after; undefined where they set nothing and inherit. */
export type SettingChange = Omit<SettingValue, "value"> & { before: unknown; after: unknown };

/** settingChanges pairs what was set with what is. What a secret is nobody reads: null for one that is set. */
export function settingChanges(
  before: unknown,
  after: unknown,
  secret: (key: string) => boolean,
): SettingChange[] {
  const found = new Map<string, SettingChange>();
  const note = (list: unknown, side: "before" | "after") => {
    for (const { value, ...of } of (Array.isArray(list) ? list : []) as SettingValue[]) {
      const at = `${of.scope} ${of.scope_id} ${of.key}`;
      const known = found.get(at) ?? { ...of, before: undefined, after: undefined };
      found.set(at, { ...known, [side]: value === null && !secret(of.key) ? undefined : value });
    }
  };
  note(before, "before");
  note(after, "after");
  return [...found.values()];
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
  const form = formOf(subject);
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
