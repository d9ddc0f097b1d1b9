import { expect, test } from "vitest";
import { choicesFor } from "./useChoices";

test("F043: while nothing is typed, the customer one has just made stands first", () => {
  expect(choicesFor("")).toEqual({ sort: "created", limit: 20 });
  expect(choicesFor(" m")).toEqual({ sort: "created", limit: 20 });
  expect(choicesFor(" marie ")).toEqual({ q: "marie", limit: 20 });
});
