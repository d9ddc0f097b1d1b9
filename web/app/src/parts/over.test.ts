import i18next from "i18next";
import { beforeAll, expect, it } from "vitest";
import { startWords } from "../i18n";
import { over } from "./over";

beforeAll(() => startWords("en"));

it("says how much too long a text is, in characters as the server counts them", () => {
  const t = i18next.t;
  expect(over(t, "x".repeat(80), 80)).toBeUndefined();
  expect(over(t, "\u{1F600}".repeat(80), 80)).toBeUndefined();
  expect(over(t, "e\u0301".repeat(80), 80)).toBeUndefined();
  expect(over(t, "x".repeat(83), 80)).toBe("At most 80 characters; 3 too many.");
  expect(over(t, "no limit", 0)).toBeUndefined();
});
