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

/** Codes that name no country people have numbers in. */
const none = new Set(["EU", "EZ", "UN", "QO", "ZZ", "XA", "XB"]);

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
      const label = none.has(a + b) ? undefined : names.of(a + b);
      if (label) found.push({ value: a + b, label });
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

/** micros is an amount as it is kept: whole millionths. */
export function micros(amount: number | string): number {
  return Math.round(Number(amount || 0) * 1_000_000);
}
