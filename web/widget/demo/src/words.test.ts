import { expect, it } from "vitest";
import en from "./en.json";
import fr from "./fr-CA.json";

it("LOC-01: the shop speaks both languages, whole", () => {
  expect(Object.keys(fr)).toEqual(Object.keys(en));
  for (const text of Object.values(fr)) {
    expect(text).not.toMatch(/\bchat\b/i);
    expect(text).not.toMatch(/\s[!?;]|[^\u00a0]:/);
  }
});
