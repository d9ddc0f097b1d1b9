import { describe, expect, it } from "vitest";
import type { CrmRecord } from "./api";
import { holding } from "./Records";

const record = (object: string, name: string, fields: Record<string, string> = {}): CrmRecord => ({
  object,
  id: name,
  name,
  fields,
  page: "",
});

describe("records", () => {
  const rows = [
    record("contact", "Marie Tremblay", { mobilephone: "(514) 555-0101" }),
    record("phonecall", "WhatsApp with Marie"),
  ];

  it("finds every word, anywhere in a record", () => {
    expect(holding(rows, "").length).toBe(2);
    expect(holding(rows, "marie CONTACT").map((r) => r.id)).toEqual(["Marie Tremblay"]);
    expect(holding(rows, "555-0101 marie").map((r) => r.id)).toEqual(["Marie Tremblay"]);
    expect(holding(rows, "marie nobody")).toEqual([]);
  });
});
