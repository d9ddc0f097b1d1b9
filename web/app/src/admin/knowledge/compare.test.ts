import { expect, test } from "vitest";
import { changes, compared, newerOf } from "./compare";

const marked = (before: string, after: string) =>
  compared(before, after)
    .map((s) => (s.was === "same" ? s.text : s.was === "gone" ? `[-${s.text}-]` : `[+${s.text}+]`))
    .join("");

test("FAQ-01: two versions are laid over each other word by word", () => {
  expect(marked("We refund within two days.", "We refund within five working days.")).toBe(
    "We refund within [-two -][+five working +]days. ",
  );
  expect(marked("a b c d", "a c d e")).toBe("a [-b -]c d [+e +]");
  expect(marked("same", "same")).toBe("same ");
  expect(marked("Where is my order?", "Where is my order? (new)")).toBe("Where is my order? [+(new) +]");
  expect(marked("", "new text")).toBe("[+new text +]");
  expect(marked("old text", "")).toBe("[-old text -]");
  expect(marked("", "")).toBe("");
});

test("FAQ-01: nothing is lost of either text, however long they are", () => {
  const [a, b] = ["one two ".repeat(2_000), "two three ".repeat(2_000)];
  const parts = compared(a, b);
  const of = (was: string) =>
    parts
      .filter((s) => s.was !== was)
      .map((s) => s.text)
      .join("");
  expect([of("new"), of("gone")]).toEqual([a, b]);
});

test("FAQ-01: each language and part that differs is told, a language that came or went too", () => {
  const text = (language: "en" | "fr-CA", rich: string) => ({ language, question: "Q", rich, plain: "" });
  const got = changes([text("en", "Two days.")], [text("en", "Five days."), text("fr-CA", "Cinq jours.")]);
  expect(got.map((c) => `${c.language} ${c.part}`)).toEqual(["en answer", "fr-CA question", "fr-CA answer"]);
  expect(changes([text("en", "Two days.")], [text("en", "Two days.")])).toEqual([]);
});

test("FAQ-01: a draft is compared with what is in force; just published, that is compared with the version before", () => {
  const text = (rich: string) => [{ language: "en" as const, question: "Q", rich, plain: "" }];
  expect(newerOf([text("Three days."), text("Two days."), text("One day.")])).toBe(0);
  expect(newerOf([text("Two days."), text("Two days."), text("One day.")])).toBe(1);
  expect(newerOf([text("Two days."), text("Two days.")])).toBe(0);
});
