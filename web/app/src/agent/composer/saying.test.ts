import { expect, test } from "vitest";
import type { Facts } from "../fill";
import { chosenWith, fitting, isMacro, ofCanned, placed } from "./saying";

const facts = { "customer.first_name": "Vera" } as Facts;
const canned = (name: string, shortcut: string, en: string, fr = "") =>
  ofCanned(
    { id: name, owner_id: "", name, shortcut, text: { en, fr }, dispositions: [], note: "", rev: 1, uses: 0 },
    "en",
    facts,
  );

test("FAQ-02: a shortcut is found first, then names, then words", () => {
  const all = [
    canned("Refund", "refund", "Your thanks are noted"),
    canned("Thanks a lot", "bye", "Goodbye"),
    canned("Goodbye", "thanks", "Thank you, {customer.first_name}!"),
  ];
  expect(fitting(all, "/thanks").map((s) => s.title)).toEqual(["Goodbye", "Thanks a lot", "Refund"]);
  expect(fitting(all, "zzz")).toEqual([]);
  expect(fitting(all, "")).toHaveLength(3);
  expect(all[2]!.text).toBe("Thank you, Vera!");
});

test("FAQ-05: a reply with pictures among its letters is none for plain text", () => {
  expect(canned("a", "", "Hello 1 # ©").textOnly).toBe(true);
  expect(canned("a", "", "Hello 🎉").textOnly).toBe(false);
});

test("FAQ-03: too much is refused with the excess", () => {
  expect(placed("123456", { text: "ab", from: 2, to: 2, limit: 8 }).over).toBe(1);
  expect(placed("12345", { text: "ab ", from: 3, to: 3, limit: 8 })).toEqual({
    text: "ab 12345",
    cursor: 8,
    over: 0,
  });
});

test("WRP-06: a macro's code replaces the one of a list that takes one, and only lists that apply count", () => {
  const lists = [
    { multiple: false, codes: [{ id: "a" }, { id: "b" }] },
    { multiple: true, codes: [{ id: "c" }, { id: "d" }] },
  ];
  expect(chosenWith(lists, ["a", "c"], ["b", "d", "x"])).toEqual(["c", "b", "d"]);
  expect(isMacro({ ...canned("a", "", ""), note: "Called back." })).toBe(true);
});
