import { expect, test } from "vitest";
import { faultOf, valueMax } from "./TemplateDialog";

test("WAP-05: a blank's value is neither missing nor cut: what is too long is said", () => {
  expect(faultOf("  ")).toBe("required");
  expect(faultOf("F-2026")).toBe("");
  expect(faultOf(` ${"é".repeat(valueMax)} `)).toBe("");
  expect(faultOf("🙂".repeat(valueMax))).toBe("");
  expect(faultOf("x".repeat(valueMax + 1))).toBe("too_long");
});
