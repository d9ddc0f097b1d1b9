import { describe, expect, test } from "vitest";
import { count, insertAt, room, splitAt, wouldBe } from "./text";

describe("CNV-03: limits count code points after NFC", () => {
  test.each([
    ["", 0],
    ["abc", 3],
    ["\u{1F44D}", 1],
    ["e\u0301", 1], // e and an acute accent become one
    ["\u00e9", 1],
    ["\u{1F1E8}\u{1F1E6}", 2], // a flag is two code points
    ["\r\n", 2],
  ])("%j is %i", (text, n) => expect(count(text)).toBe(n));
});

describe("room", () => {
  test("CNV-03: the counter appears at 90 %", () => {
    expect(room("a".repeat(1745), 1940).near).toBe(false);
    expect(room("a".repeat(1746), 1940).near).toBe(true);
  });
  test("UX-17: at the limit it fits, one more is one too many", () => {
    expect(room("a".repeat(1940), 1940).over).toBe(0);
    expect(room("a".repeat(1941), 1940).over).toBe(1);
  });
});

test("UX-17: the excess begins after the last character that fits, and cuts none", () => {
  expect(splitAt("ab\u{1F44D}\u{1F44D}c", 3)).toEqual(["ab\u{1F44D}", "\u{1F44D}c"]);
  expect(splitAt("e\u0301x", 1)).toEqual(["\u00e9", "x"]);
  const [fits, over] = splitAt("a".repeat(10), 20);
  expect(fits + over).toBe("a".repeat(10));
});

test("CNV-03, E37: a paste is measured before it happens", () => {
  expect(wouldBe("hello world", "there", 6, 11)).toBe("hello there");
});

test("FAQ-01: an answer goes in at the cursor, a space before it where one is missing", () => {
  expect(insertAt("Hi", "there", 2, 2)).toEqual({ text: "Hi there", cursor: 8 });
  expect(insertAt("Hi !", "there", 3, 3)).toEqual({ text: "Hi there!", cursor: 8 });
  expect(insertAt("Hi Noah", "there", 3, 3)).toEqual({ text: "Hi there Noah", cursor: 9 });
  expect(insertAt("\u00e9t\u00e9", "un ", 0, 0)).toEqual({ text: "un \u00e9t\u00e9", cursor: 3 });
  expect(insertAt("", "there", 0, 0)).toEqual({ text: "there", cursor: 5 });
});
