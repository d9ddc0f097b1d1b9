import i18next from "i18next";
import { expect, it } from "vitest";
import { over } from "./over";

it("says how much too long a text is, in characters as the server counts them", () => {
  const t = i18next.t;
  expect(over(t, "x".repeat(80), 80)).toBeUndefined();
  expect(over(t, "\u{1F600}".repeat(80), 80)).toBeUndefined();
  expect(over(t, "e\u0301".repeat(80), 80)).toBeUndefined();
  expect(over(t, "x".repeat(83), 80)).toBe(t("field.over", { most: 80, over: 3 }));
  expect(over(t, "no limit", 0)).toBeUndefined();
});
