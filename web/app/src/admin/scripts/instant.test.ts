import { expect, test } from "vitest";
import { instant } from "./instant";

test("SCR-06: 18:30 is the zone's 18:30, in winter and in summer", () => {
  expect(new Date(instant("2026-03-03T18:30", "America/Toronto")).toISOString()).toBe(
    "2026-03-03T23:30:00.000Z",
  );
  expect(new Date(instant("2026-07-07T18:30", "America/Toronto")).toISOString()).toBe(
    "2026-07-07T22:30:00.000Z",
  );
  expect(new Date(instant("2026-03-03T18:30", "UTC")).toISOString()).toBe("2026-03-03T18:30:00.000Z");
});
