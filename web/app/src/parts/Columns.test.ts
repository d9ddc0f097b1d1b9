import { expect, test } from "vitest";
import { chosenColumns } from "./Columns";

const all = [{ key: "subject" }, { key: "number" }, { key: "customer" }];
const keys = (chosen: string[]) => chosenColumns(all, chosen).map((c) => c.key);

test("issue 4: the columns that were chosen, in the list's order; the first one stays", () => {
  expect(keys(["customer", "number"])).toEqual(["subject", "number", "customer"]);
  expect(keys(["customer"])).toEqual(["subject", "customer"]);
  expect(keys(["subject"])).toEqual(["subject"]);
});

test("issue 4: nothing chosen, or nothing we know, is the usual ones", () => {
  expect(keys([])).toEqual(["subject", "number", "customer"]);
  expect(keys(["gone"])).toEqual(["subject", "number", "customer"]);
});
