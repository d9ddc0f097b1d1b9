import { expect, it } from "vitest";
import type { Request } from "./api";
import { came, matching, pretty } from "./Requests";

const row = (n: number, change: Partial<Request>): Request => ({
  n,
  at: 0,
  account: "ent_sms",
  direction: "call",
  method: "POST",
  url: "/Messages.json",
  header: {},
  body: "",
  status: 201,
  answer: "",
  ...change,
});

it("finds requests by account and by all the words", () => {
  const rows = [
    row(1, { body: "Body=Hello" }),
    row(2, { account: "ent_x", status: 429 }),
    row(3, { answer: "hello" }),
  ];
  const found = (account: string, words: string) => matching(rows, account, words).map((r) => r.n);
  expect(found("", "")).toEqual([1, 2, 3]);
  expect(found("ent_sms", "")).toEqual([1, 3]);
  expect(found("", "HELLO post")).toEqual([1, 3]);
  expect(found("", "429")).toEqual([2]);
  expect(found("ent_x", "hello")).toEqual([]);
});

it("writes bodies so that people can read them", () => {
  expect(pretty('{"a":1}')).toBe('{\n  "a": 1\n}');
  expect(pretty("{broken")).toBe("{broken");
  expect(pretty("Body=Hello+there&From=%2B1514")).toBe("Body = Hello there\nFrom = +1514");
  expect(pretty("plain words")).toBe("plain words");
});

it("A-056: says what the center made of a repeat", () => {
  expect(came(row(1, { status: 200, stale: true }))).toBe("requests.stale");
  expect(came(row(1, { status: 200 }))).toBe("requests.fresh");
  expect(came(row(1, { status: 0, error: "refused" }))).toBe("requests.refused");
});
