import { expect, test } from "vitest";
import { chosenMax, ticked } from "./useChosen";

const rows = ["a", "b", "c", "d"];
const after = (now: string[], id: string, from = "") => [...ticked(rows, new Set(now), id, from)].sort();

test("CRM-03: a row is ticked, and no longer", () => {
  expect(after([], "b")).toEqual(["b"]);
  expect(after(["b", "c"], "b")).toEqual(["c"]);
});

test("CRM-03: with Shift all rows from the last one, up or down", () => {
  expect(after(["a"], "c", "a")).toEqual(["a", "b", "c"]);
  expect(after(["d"], "b", "d")).toEqual(["b", "c", "d"]);
  expect(after(["a", "b", "c"], "a", "c")).toEqual([]);
  expect(after(["a"], "c", "gone")).toEqual(["a", "c"]);
});

test("CRM-03: no more than can be changed at once", () => {
  const many = Array.from({ length: chosenMax + 10 }, (_, n) => `c${n}`);
  expect(ticked(many, new Set(["c0"]), `c${chosenMax + 5}`, "c0").size).toBe(chosenMax);
});
