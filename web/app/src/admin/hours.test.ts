import { describe, expect, it } from "vitest";
import { zones } from "../i18n/zones";
import { added, copied, fault, fromClock, ofDay, toClock, withDay } from "./hours";

describe("SCR-06: weekly hours", () => {
  it.each([
    ["9:05", 545],
    ["09:05", 545],
    ["9 h 05", 545],
    ["9 h", 540],
    ["0905", 545],
    ["24:00", 1440],
    ["24:01", null],
    ["9:60", null],
    ["noon", null],
    ["", null],
  ])("reads %j as %s", (text, want) => {
    expect(fromClock(text)).toBe(want);
  });

  it("writes what it reads", () => {
    for (let m = 0; m <= 1440; m += 5) expect(fromClock(toClock(m))).toBe(m);
  });

  it("several intervals per day, with breaks", () => {
    const day = [
      { day: 1, from: 780, to: 1020 },
      { day: 1, from: 540, to: 720 },
    ];
    expect(fault(day)).toBeNull();
    expect(ofDay(day, 1).map((i) => i.from)).toEqual([540, 780]);
  });

  it("finds an overlap and an interval that ends before it begins", () => {
    expect(
      fault([
        { day: 1, from: 540, to: 720 },
        { day: 1, from: 719, to: 800 },
      ]),
    ).toBe("overlap");
    expect(fault([{ day: 1, from: 540, to: 540 }])).toBe("empty");
    expect(
      fault([
        { day: 1, from: 540, to: 720 },
        { day: 1, from: 720, to: 800 },
      ]),
    ).toBeNull();
  });

  it("copies Monday to the working week and leaves the weekend", () => {
    const hours = [
      { day: 1, from: 540, to: 1020 },
      { day: 6, from: 600, to: 700 },
      { day: 3, from: 1, to: 2 },
    ];
    const all = copied(hours);
    for (const day of [1, 2, 3, 4, 5]) expect(ofDay(all, day)).toEqual([{ day, from: 540, to: 1020 }]);
    expect(ofDay(all, 6)).toEqual([{ day: 6, from: 600, to: 700 }]);
    expect(ofDay(all, 0)).toEqual([]);
  });

  it("adds an interval that overlaps none before the evening", () => {
    const one = added([], 2);
    expect(fault(added(one, 2))).toBeNull();
    expect(ofDay(withDay([], 2, one), 2)).toHaveLength(1);
  });
});

it("SCR-06: a zone in use can always be chosen again, UTC and older names too", () => {
  expect(zones("UTC").filter((zone) => zone === "UTC")).toHaveLength(1);
  for (const used of ["Asia/Calcutta", "Asia/Kolkata", "UTC"]) expect(zones(used)).toContain(used);
  expect(zones("")).not.toContain("");
});
