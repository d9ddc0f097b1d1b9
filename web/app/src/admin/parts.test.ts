import { describe, expect, it } from "vitest";
import { embedCode, embedPolicy } from "./embed";
import { moved } from "./Ordered";

describe("WRP-09: an order is a person's choice", () => {
  it("moves one place and stops at the ends", () => {
    expect(moved(["a", "b", "c"], 2, -1)).toEqual(["a", "c", "b"]);
    expect(moved(["a", "b"], 0, 1)).toEqual(["b", "a"]);
    expect(moved(["a", "b"], 0, -1)).toEqual(["a", "b"]);
  });
});

describe("WEB-01: the embed code", () => {
  it("is one script tag with one attribute of ours", () => {
    expect(embedCode("https://parley.example", "ent_1")).toBe(
      '<script async src="https://parley.example/w.js" data-entry-point="ent_1"></script>',
    );
  });
  it("tells what a page's own policy must allow: the script and the frame, of our origin alone", () => {
    expect(embedPolicy("https://parley.example")).toBe(
      "script-src https://parley.example; frame-src https://parley.example",
    );
  });
});
