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
      expect(text).not.toContain("'");
      expect(text).not.toMatch(/\s[!?;]/);
      expect(text).not.toMatch(/[^\u00a0]:/);
    }
  });

  it("takes the plural of the language", () => {
    expect(wordsOf("en", en)("count.over_other", { n: 1 })).toBe("1 character too many");
    expect(wordsOf("en", en)("count.over_other", { n: 2 })).toBe("2 characters too many");
    expect(wordsOf("fr-CA", fr)("count.over_other", { n: 1 })).toBe("1 caract\u00e8re de trop");
  });

  it("knows ours among a browser's languages", () => {
    expect(["fr", "fr-FR", "en-GB", "de", 7].map(language)).toEqual(["fr-CA", "fr-CA", "en", null, null]);
  });
});
