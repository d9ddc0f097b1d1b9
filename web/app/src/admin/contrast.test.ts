import { describe, expect, it } from "vitest";
import { contrast, contrastMin, darkened, isColor, onAccent } from "./contrast";

describe("UX-66: an accent people can read", () => {
  it("A-010: takes #rrggbb and nothing else", () => {
    expect(["#0a7cff", "#FFFFFF"].every(isColor)).toBe(true);
    expect(["red", "#fff", "#12345g", "#1234567", "url(x)", "#123456;}"].some(isColor)).toBe(false);
  });

  it("measures as WCAG does", () => {
    expect(contrast("#000000", "#ffffff")).toBe(21);
    expect(contrast("#767676", "#ffffff")).toBeCloseTo(4.54, 2);
  });

  it("WEB-03: offers a shade that passes, and leaves one that does", () => {
    expect(contrast(darkened("#ffd400"), "#ffffff")).toBeGreaterThanOrEqual(contrastMin);
    expect(darkened("#205080")).toBe("#205080");
  });

  it("writes dark words on light accents", () => {
    expect(onAccent("#ffd400")).toBe("#1a1d23");
    expect(onAccent("#205080")).toBe("#ffffff");
  });
});
