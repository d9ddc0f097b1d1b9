import { beforeAll, expect, test } from "vitest";
import { startWords } from "../i18n";
import { nameless } from "./nameless";
import { interaction } from "./people";

beforeAll(() => startWords("fr-CA"));

const called = (name: string, id = "", visitor = "") => {
  const i = interaction();
  return nameless({
    ...i,
    customer: { ...i.customer, id, name },
    visitor: { ...i.visitor, name: visitor },
  }).customer.name;
};

test("LOC-02: an unknown customer is named in the reader's language", () => {
  expect(called("Visitor 4F2A")).toBe("Visiteur 4F2A");
  expect(called("Group 438A")).toBe("Groupe 438A");
});

test("LOC-02: whoever has a name keeps it, even one that reads like none", () => {
  expect(called("Marie Tremblay")).toBe("Marie Tremblay");
  expect(called("Visitor 4F2A", "cus_1")).toBe("Visitor 4F2A");
  expect(called("Group 7", "", "Group 7")).toBe("Group 7");
});

test("A-118: who was erased has a record, and no name but the conversation's", () => {
  const end = interaction().conversation_id.slice(-4).toUpperCase();
  expect(called(`Visitor ${end}`, "cus_1")).toBe(`Visiteur ${end}`);
});
