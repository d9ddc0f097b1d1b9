import { expect, test } from "vitest";
import { drawnOf, keepDrawn } from "./drawn";

test("A-095: what was drawn for a new entry point is its own, and no other's", () => {
  keepDrawn("pigeons", "", "whistle", "loud");
  expect(drawnOf("owls", "ent_1", 1)).toEqual({});
  expect(drawnOf("pigeons", "ent_0", 4)).toEqual({});
  expect(drawnOf("pigeons", "ent_1", 1)).toEqual({ whistle: "loud" });
  expect(drawnOf("pigeons", "ent_2", 1)).toEqual({});
  keepDrawn("pigeons", "ent_1", "ring", "gold");
  expect(drawnOf("pigeons", "ent_1", 2)).toEqual({ whistle: "loud", ring: "gold" });
  keepDrawn("pigeons", "ent_2", "ring", "tin");
  expect(drawnOf("pigeons", "ent_1", 2)).toEqual({});
});
