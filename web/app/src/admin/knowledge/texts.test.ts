import { expect, test } from "vitest";
import { marked, questionOf, shownFirst, textAt, textIn, withText } from "./texts";

const en = { language: "en" as const, question: "Where?", rich: "Here.", plain: "" };
const fr = { language: "fr-CA" as const, question: "Où?", rich: "Ici.", plain: "" };

test("FAQ-01: one entry has a text per language, and an empty one is none", () => {
  expect(withText([en], fr)).toEqual([en, fr]);
  expect(withText([en, fr], { ...en, question: "", rich: "" })).toEqual([fr]);
  expect(textIn([en], "fr-CA").question).toBe("");
  expect(questionOf({ texts: [en, fr] }, "fr-CA")).toBe("Où?");
  expect(questionOf({ texts: [en] }, "fr-CA")).toBe("Where?");
});

test("FAQ-01: an answer opens in my language if it has one, else in its own", () => {
  expect(shownFirst([en, fr], "fr-CA")).toBe("fr-CA");
  expect(shownFirst([en], "fr-CA")).toBe("en");
  expect(shownFirst([], "fr-CA")).toBe("fr-CA");
});

test("FAQ-04: marks go around what is chosen", () => {
  expect(marked("a big box", 2, 5, "bold")).toEqual({ text: "a **big** box", from: 4, to: 7 });
  expect(marked("one\ntwo", 0, 7, "numbers").text).toBe("1. one\n2. two");
  expect(marked("see us", 4, 6, "link").text).toBe("see [us](https://)");
});

test("FAQ-01: a fault names which text it is in, and the field", () => {
  expect(textAt("texts[1].rich")).toEqual({ index: 1, part: "answer" });
  expect(textAt("texts[0].question")).toEqual({ index: 0, part: "question" });
  expect(textAt("category_id")).toBeUndefined();
});
