import { expect, it } from "vitest";
import { dayField, momentOf, timeField } from "./work";

it("a day and a time of day become a moment and back (CRM-04)", () => {
  const at = momentOf("2026-03-02", "09:05");
  expect([dayField(at), timeField(at)]).toEqual(["2026-03-02", "09:05"]);
});

it("a task without a time is due at the end of the working day (CRM-04)", () => {
  expect(timeField(momentOf("2026-03-02", ""))).toBe("17:00");
});

it("no day is no moment (CRM-04)", () => {
  expect([momentOf("", "09:00"), dayField(0), timeField(0)]).toEqual([0, "", ""]);
});
