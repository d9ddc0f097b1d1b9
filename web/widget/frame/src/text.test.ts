import { describe, expect, it } from "vitest";
import { check } from "./Form";
import { ink } from "./ink";
import { newId, points } from "./text";

describe("CNV-03: limits count code points after NFC", () => {
  it.each([
    ["plain", 5],
    ["e\u0301", 1],
    ["\u{1f600}\u{1f600}", 2],
    ["\u{1f468}\u200d\u{1f469}", 3],
  ])("%j is %i", (text, n) => expect(points(text)).toBe(n));
});

describe("SCR-05: the form", () => {
  const fields = [
    { name: "name", required: true },
    { name: "email", required: false },
    { name: "question", required: false },
  ];
  it("names the fields at fault, all at once", () => {
    expect(check(fields, { email: "amy" }, 10)).toEqual({ name: "required", email: "invalid_email" });
    expect(check(fields, { name: "Amy", question: "x".repeat(11) }, 10)).toEqual({ question: "too_long" });
    expect(check(fields, { name: "Amy", email: "amy@example.com" }, 10)).toEqual({});
  });
});

it("UX-66: text on the accent is the one that contrasts more", () => {
  expect(["#000000", "#2f5d50", "#ffdd00", "#ffffff", "#777777"].map(ink)).toEqual([
    "#fff",
    "#fff",
    "#000",
    "#000",
    "#000",
  ]);
});

it("a client_id is a UUID, each its own", () => {
  const ids = Array.from({ length: 100 }, newId);
  expect(new Set(ids).size).toBe(100);
  for (const id of ids)
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
