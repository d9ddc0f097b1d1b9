import type texts from "./en.json";
import en from "./en.json?url";
import fr from "./fr-CA.json?url";

export type Key = keyof typeof texts;
export type Language = "en" | "fr-CA";
/** Words translates in one language; `{name}` in a text is replaced by `values.name`. */
export type Words = (key: Key, values?: Record<string, string | number>) => string;

/** language returns ours that fits a browser's tag, or null. */
export function language(tag: unknown): Language | null {
  if (typeof tag !== "string") return null;
  return /^fr\b/i.test(tag) ? "fr-CA" : /^en\b/i.test(tag) ? "en" : null;
}

/** load fetches the words of one language; the other is not paid for. */
export async function load(of: Language): Promise<Words> {
  const file = await fetch(of === "fr-CA" ? fr : en);
  if (!file.ok) throw new Error(`${of} ${file.status}`);
  return wordsOf(of, await file.json());
}

/** wordsOf returns the translator of a language. A text with `n` takes the plural form, if it has forms. */
export function wordsOf(of: Language, texts: Record<string, string>): Words {
  const plural = new Intl.PluralRules(of);
  return (key, values = {}) => {
    const { n } = values;
    const form = typeof n === "number" ? key.replace(/_other$/, `_${plural.select(n)}`) : key;
    return (texts[form] ?? texts[key] ?? key).replace(
      /\{(\w+)\}/g,
      (whole, name) => `${values[name] ?? whole}`,
    );
  };
}
