import type { Canned, Faq, RichBlock } from "@parley/protocol";
import { toLanguage } from "../../i18n";
import { languageName } from "../../i18n/format";
import { fold } from "../../parts/fold";
import { type Facts, fill } from "../fill";
import { insertAt, room } from "../text";

/** Saying is something ready to be said: an answer or a canned reply, with its words filled in. */
export interface Saying {
  kind: "faq" | "canned";
  id: string;
  title: string;
  /** Behind the slash, "" = none. */
  shortcut: string;
  language: string;
  text: string;
  blocks: RichBlock[];
  /** It has no pictures, also not among its letters (FAQ-05). */
  textOnly: boolean;
  /** What it does besides: a macro. */
  dispositions: string[];
  note: string;
}

/** ofFaq is an answer, ready: with its marks where the customer sees them (FAQ-04). */
export function ofFaq(f: Faq, facts: Facts, rich = false): Saying {
  return {
    kind: "faq",
    id: f.id,
    title: f.question,
    shortcut: "",
    language: f.language,
    text: fill(rich ? f.rich : f.text, facts),
    blocks: f.blocks ?? [],
    textOnly: f.text_only,
    dispositions: [],
    note: "",
  };
}

/** ofCanned is a canned reply in a language, ready; in the other if it has only that. */
export function ofCanned(c: Canned, language: string, facts: Facts): Saying {
  const french = language.startsWith("fr") ? c.text.fr !== "" : c.text.en === "";
  const text = fill(french ? c.text.fr : c.text.en, facts);
  return {
    kind: "canned",
    id: c.id,
    title: c.name,
    shortcut: c.shortcut ?? "",
    language: french ? "fr-CA" : "en",
    text,
    blocks: [],
    textOnly: !/\p{Extended_Pictographic}/u.test(text.replace(/[\d#*©®™]/gu, "")),
    dispositions: c.dispositions ?? [],
    note: fill(c.note ?? "", facts),
  };
}

/** onlyIn is the language it is in, as a word, where that is not the conversation's; else "". */
export function onlyIn(s: Saying, language: string): string {
  const base = s.language.slice(0, 2);
  return toLanguage(language).startsWith(base) ? "" : languageName(base);
}

/** isMacro tells whether it does more than say something. */
export function isMacro(s: Saying): boolean {
  return s.dispositions.length > 0 || s.note !== "";
}

/** fitting are the canned replies for what was typed: by shortcut first, then by name, then by their words. */
export function fitting(all: Saying[], typed: string): Saying[] {
  const q = fold(typed.trim().replace(/^\//, ""));
  const rank = (s: Saying) => {
    if (q === "") return 4;
    if (s.shortcut === q) return 1;
    if (s.shortcut.startsWith(q)) return 2;
    if (fold(s.title).includes(q)) return 3;
    return q.split(/\s+/).every((word) => fold(s.text).includes(word)) ? 4 : 0;
  };
  return all
    .map((s) => ({ s, at: rank(s) }))
    .filter(({ at }) => at > 0)
    .sort((a, b) => a.at - b.at || a.s.title.localeCompare(b.s.title))
    .map(({ s }) => s);
}

/** Place is where something is inserted. */
export interface Place {
  text: string;
  from: number;
  to: number;
  /** Unit: code points. */
  limit: number;
}

/** placed is the text with something inserted, the cursor behind it, and by how much it is too long (FAQ-03). */
export function placed(what: string, at: Place): { text: string; cursor: number; over: number } {
  const next = insertAt(at.text, what, at.from, at.to);
  return { ...next, over: room(next.text, at.limit).over };
}

/** chosenWith are the codes with those of a macro: those of lists that apply, and one of a list that takes one (WRP-06). */
export function chosenWith(
  lists: { multiple: boolean; codes: { id: string }[] }[],
  chosen: string[],
  add: string[],
): string[] {
  let next = chosen;
  for (const list of lists) {
    const of = list.codes.map((c) => c.id);
    const fresh = add.filter((id) => of.includes(id));
    if (fresh.length === 0) continue;
    next = list.multiple
      ? [...new Set([...next, ...fresh])]
      : [...next.filter((id) => !of.includes(id)), fresh[0]!];
  }
  return next;
}
