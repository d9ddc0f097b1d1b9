import { describe, expect, it } from "vitest";
import { changes, merge, same } from "./merge";

const base = { rev: 1, name: "Billing", priority: 5, required: [{ skill_id: "skl_1", level: 50 }] };

describe("UX-43: two people edit one record", () => {
  it("lists what the other saved, and says where both changed it", () => {
    const mine = { ...base, name: "Invoices", priority: 7 };
    const theirs = { ...base, rev: 2, name: "Money", required: [] };
    expect(changes(base, mine, theirs)).toEqual([
      { field: "name", base: "Billing", mine: "Invoices", theirs: "Money", clash: true },
      { field: "required", base: base.required, mine: base.required, theirs: [], clash: false },
    ]);
  });

  it("is no clash if both wrote the same", () => {
    const both = { ...base, name: "Money" };
    expect(changes(base, both, { ...both, rev: 2 }).map((c) => c.clash)).toEqual([false]);
  });

  it("keeps both sides' changes, and ours where they clash", () => {
    const mine = { ...base, name: "Invoices", priority: 7 };
    const theirs = { ...base, rev: 2, name: "Money", required: [] };
    expect(merge(base, mine, theirs, new Set())).toEqual({
      rev: 2,
      name: "Invoices",
      priority: 7,
      required: [],
    });
  });

  it("gives way where we say so", () => {
    const mine = { ...base, name: "Invoices", priority: 7 };
    const theirs = { ...base, rev: 2, name: "Money" };
    expect(merge(base, mine, theirs, new Set(["name"])).name).toBe("Money");
    expect(merge(base, mine, theirs, new Set(["name"])).priority).toBe(7);
  });
});

describe("CRM-05: the center's own fields are each a field", () => {
  const record = { rev: 1, name: "Zoe", fields: { fld_tier: "Gold", fld_nick: "Zo" } };
  const theirs = { rev: 2, name: "Zoe", fields: { fld_tier: "Gold", fld_nick: "Zoz", fld_new: "1" } };

  it("two people who fill in two of them do not clash, and both stay", () => {
    const mine = { ...record, fields: { ...record.fields, fld_tier: "Silver" } };
    expect(changes(record, mine, theirs).map((c) => [c.field, c.clash])).toEqual([
      ["fields.fld_nick", false],
      ["fields.fld_new", false],
    ]);
    expect(merge(record, mine, theirs, new Set())).toEqual({
      rev: 2,
      name: "Zoe",
      fields: { fld_tier: "Silver", fld_nick: "Zoz", fld_new: "1" },
    });
  });

  it("one that both filled in is named, and can be theirs", () => {
    const mine = { ...record, fields: { fld_tier: "Silver", fld_nick: "Zozo" } };
    expect(changes(record, mine, theirs)[0]).toMatchObject({ field: "fields.fld_nick", clash: true });
    const both = merge(record, mine, theirs, new Set(["fields.fld_nick"]));
    expect(both.fields).toEqual({ fld_tier: "Silver", fld_nick: "Zoz", fld_new: "1" });
  });

  it("a list of that name is one field", () => {
    const form = { rev: 1, fields: ["a"] };
    expect(merge(form, form, { rev: 2, fields: ["b"] }, new Set())).toEqual({ rev: 2, fields: ["b"] });
  });
});

describe("same", () => {
  it.each([
    [{ a: 1, b: 2 }, { b: 2, a: 1 }, true],
    [[1, 2], [2, 1], false],
    [[], {}, false],
    [null, {}, false],
    [{ a: undefined }, {}, true],
    ["", null, false],
  ])("%j and %j: %s", (a, b, want) => {
    expect(same(a, b)).toBe(want);
  });
});
