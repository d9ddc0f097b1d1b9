import { describe, expect, it } from "vitest";
import { browserOf } from "./browser";
import { embedCode } from "./embed";
import { moved } from "./Ordered";

describe("the browser of a session", () => {
  it.each([
    ["Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox, Windows"],
    [
      "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36",
      "Chrome, Linux",
    ],
    [
      "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0",
      "Edge, Windows",
    ],
    [
      "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit Version/19.0 Safari/604.1",
      "Safari, iOS",
    ],
    ["curl/8.5", "curl"],
    ["robot", "robot"],
  ])("%s is %s", (agent, want) => {
    expect(browserOf(agent)).toBe(want);
  });
});

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
});
