import type { T } from "../i18n";

/**
 * over says that a text is longer than is kept, and by how much. A field says so itself: `maxlength` cuts what is
 * typed or pasted without a word.
 */
export function over(t: T, value: string, most: number): string | undefined {
  const long = [...value.normalize("NFC")].length; // code points, as the server counts
  return most > 0 && long > most ? t("field.over", { most, over: long - most }) : undefined;
}
