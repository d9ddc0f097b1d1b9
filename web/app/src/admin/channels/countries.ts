import { currentLanguage } from "../../i18n";

/** Country is what texts may do there, and what they cost. Unit: a segment's price in millionths of the currency. */
export type Country = { country: string; receive: boolean; send: boolean; price_micros: number };

/** Spend is what texts to a country cost in a month. */
export type Spend = {
  month: string;
  country: string;
  messages: number;
  segments: number;
  cost_micros: number;
};

const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];

/** Codes that name no country people have numbers of: groups of countries, empty lands, parts that share a number plan. */
const none = new Set("EU EZ UN QO ZZ XA XB AQ BV CP CQ DG EA GS HM IC PN TF UM".split(" "));

/** countryName is a country in the language of the screen. */
export function countryName(code: string, language: string = currentLanguage()): string {
  return new Intl.DisplayNames([language], { type: "region" }).of(code) ?? code;
}

/** allCountries lists every country with its name, by name. */
export function allCountries(language: string = currentLanguage()): { value: string; label: string }[] {
  const names = new Intl.DisplayNames([language], { type: "region", fallback: "none" });
  const found: { value: string; label: string }[] = [];
  for (const a of letters)
    for (const b of letters) {
      const code = a + b;
      const gone = new Intl.Locale(`und-${code}`).region !== code; // as FX: its numbers are France's, FR
      const label = none.has(code) || gone ? undefined : names.of(code);
      if (label) found.push({ value: code, label });
    }
  return found.sort((a, b) => a.label.localeCompare(b.label, language));
}

/** countriesNamed lists some countries, each once, with their names, by name. */
export function countriesNamed(
  codes: string[],
  language: string = currentLanguage(),
): { value: string; label: string }[] {
  return [...new Set(codes.filter(Boolean))]
    .map((value) => ({ value, label: countryName(value, language) }))
    .sort((a, b) => a.label.localeCompare(b.label, language));
}

/** Listed is the whole list, replaced as a whole; prices are in `currency` (ISO 4217). */
export type Listed = { items: Country[]; rev: number; currency: string };

/** money formats an amount without its currency: a table names that once. */
export function money(micros: number, language: string = currentLanguage()): string {
  return new Intl.NumberFormat(language, { minimumFractionDigits: 2, maximumFractionDigits: 6 }).format(
    micros / 1_000_000,
  );
}

/** micros is an amount as somebody wrote it, 0.0075 or 0,0075, in whole millionths; null if it is none. */
export function micros(amount: string): number | null {
  const plain = amount.replace(/\s/g, "").replace(",", ".");
  return /^(\d+\.?\d*|\.\d+|)$/.test(plain) ? Math.round(Number(plain) * 1_000_000) : null;
}
