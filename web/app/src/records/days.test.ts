import { describe, expect, it } from "vitest";
import { dayBounds } from "./days";
import { fullName, listOf, nameOf } from "./names";

const hours = (day: string, zone: string) => {
  const { start, end } = dayBounds(day, zone);
  return (end - start) / 3_600_000;
};

describe("a day of the center", () => {
  it.each([
    ["2026-03-02", "America/Toronto", 24],
    ["2026-03-08", "America/Toronto", 23],
    ["2026-11-01", "America/Toronto", 25],
    ["2026-03-02", "UTC", 24],
    ["2026-03-02", "Asia/Kolkata", 24],
  ])("%s in %s has %d hours", (day, zone, want) => {
    expect(hours(day, zone)).toBe(want);
  });

  it("begins at local midnight", () => {
    expect(dayBounds("2026-03-02", "America/Toronto").start).toBe(Date.UTC(2026, 2, 2, 5));
    expect(dayBounds(Date.UTC(2026, 2, 2, 3), "America/Toronto").today).toBe("2026-03-01");
  });
});

describe("names", () => {
  it("CRM-02: lists e-mails and phones as typed, each once", () => {
    expect(listOf("a@ex.ca\n b@ex.ca ,a@ex.ca;\n")).toEqual(["a@ex.ca", "b@ex.ca"]);
    expect(listOf(" \n")).toEqual([]);
  });

  it("reads a name wherever it is", () => {
    expect([
      nameOf({ id: "1", name: "Billing" }),
      nameOf({ id: "2", display_name: "Amy" }),
      nameOf(null),
      nameOf("x"),
    ]).toEqual(["Billing", "Amy", "", "x"]);
    expect(fullName({ first_name: "", last_name: "Roy" })).toBe("Roy");
  });
});
