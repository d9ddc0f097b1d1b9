import { describe, expect, test } from "vitest";
import { allCountries, countryName, micros, money } from "./countries";

describe("countries of texts", () => {
  test("SMS-01: countries have names in both languages", () => {
    expect(countryName("DE", "en")).toBe("Germany");
    expect(countryName("DE", "fr-CA")).toBe("Allemagne");
    const all = allCountries("en");
    expect(all.length).toBeGreaterThan(200);
    expect(all.some((c) => c.value === "EU")).toBe(false);
  });
  test("SMS-01: each name once, a code that became another's not at all", () => {
    for (const language of ["en", "fr-CA"]) {
      const all = allCountries(language);
      expect(new Set(all.map((c) => c.label)).size).toBe(all.length);
      expect(all.filter((c) => ["FX", "UK", "DD", "SU", "AQ"].includes(c.value))).toEqual([]);
    }
  });
  test("SMS-01: an amount is whole millionths, there and back", () => {
    expect(["0.0075", "0,0075", ".0075", " 0,007 5 "].map(micros)).toEqual([7500, 7500, 7500, 7500]);
    expect(micros("")).toBe(0);
    expect(["-5", "abc", "1,000.5", "1e3", "."].map(micros)).toEqual([null, null, null, null, null]);
    expect(micros(money(7500, "fr-CA"))).toBe(7500);
    expect(money(7500, "en")).toBe("0.0075");
    expect(money(1_000_000, "en")).toBe("1.00");
  });
});
