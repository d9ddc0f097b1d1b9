import en from "./en.json";
import fr from "./fr-CA.json";

export type Key = keyof typeof en;
export type Language = "en" | "fr-CA";
/** Words translates in one language; `{name}` in a text is replaced by `values.name`. */
export type Words = (key: Key, values?: Record<string, string | number>) => string;

/** language returns ours that fits a browser's tag, or null. */
export function language(tag: string): Language | null {
  return /^fr\b/i.test(tag) ? "fr-CA" : /^en\b/i.test(tag) ? "en" : null;
}

/** wordsOf returns the translator of a language. A text with `n` takes the plural form, if it has forms. */
export function wordsOf(of: Language): Words {
  const texts: Record<string, string> = of === "en" ? en : fr;
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

/** clock writes a time of day. */
export const clock = (at: number, of: Language): string =>
  new Intl.DateTimeFormat(of, { hour: "2-digit", minute: "2-digit" }).format(at);
