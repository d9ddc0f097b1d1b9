import { describe, expect, it } from "vitest";
import en from "./en.json";
import fr from "./fr-CA.json";
import { language, wordsOf } from "./words";

const holes = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();

describe("LOC-01: both languages are whole", () => {
  it("has the same keys and the same holes", () => {
    expect(Object.keys(fr)).toEqual(Object.keys(en));
    for (const key of Object.keys(en) as (keyof typeof en)[])
      expect([key, holes(fr[key])]).toEqual([key, holes(en[key])]);
  });

  it("writes fr-CA as it is written", () => {
    for (const text of Object.values(fr)) {
      expect(text).not.toMatch(/\bchat/i);
      expect(text).not.toMatch(/\s[!?;]/);
      expect(text).not.toMatch(/[^\u00a0]: /);
      expect(text).not.toMatch(/'|\bCRM\b/);
    }
  });

  it("takes the plural of the language", () => {
    expect(wordsOf("en")("scenario.began_other", { n: 1 })).toBe("1 customer is on the way.");
    expect(wordsOf("fr-CA")("scenario.began_other", { n: 5 })).toBe("5 clients sont en route.");
  });

  it("knows ours among a browser's languages", () => {
    expect(["fr", "fr-FR", "en-GB", "de"].map(language)).toEqual(["fr-CA", "fr-CA", "en", null]);
  });
});
