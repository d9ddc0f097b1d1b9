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
  test("SMS-01: an amount is whole millionths, there and back", () => {
    expect(micros(0.0075)).toBe(7500);
    expect(micros("")).toBe(0);
    expect(money(7500, "en")).toBe("0.0075");
    expect(money(1_000_000, "en")).toBe("1.00");
  });
});
