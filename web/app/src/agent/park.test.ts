import { describe, expect, test } from "vitest";
import { day, interaction } from "../live/people";
import { fieldOf, parkedRows, presetAt, returned, timeOf } from "./park";

const monday = new Date(2026, 2, 2, 16, 30).getTime();
const local = (...at: [number, number, number, number]) => new Date(...at).getTime();

describe("I29: what is laid aside", () => {
  const parked = (id: string, until: number, by = "amy") =>
    interaction({
      id,
      number: Number(id),
      state: "parked",
      parked_until: until,
      parked_by: { id: by, display_name: by },
    });

  test("is one's own only, the first to come back first, those without a time last", () => {
    const all = [
      parked("1", 0),
      parked("2", day + 9),
      parked("3", day + 5),
      parked("4", day, "bob"),
      interaction(),
    ];
    const rows = parkedRows(Object.fromEntries(all.map((i) => [i.id, i])), "amy");
    expect(rows.map((i) => i.id)).toEqual(["3", "2", "1"]);
  });
  test("is on its way to somebody once it left the list, not still aside, nor ended", () => {
    expect(returned(parked("1", 0)).state).toBe("queued");
    expect(returned(interaction({ state: "logged" })).state).toBe("logged");
  });
  test("comes back in an hour, tomorrow at nine, or on the Monday after this one", () => {
    expect(presetAt("hour", monday)).toBe(monday + 3_600_000);
    expect(presetAt("tomorrow", monday)).toBe(local(2026, 2, 3, 9));
    expect(presetAt("monday", monday)).toBe(local(2026, 2, 9, 9));
  });
  test("on a Sunday, Monday is tomorrow", () => {
    const sunday = local(2026, 2, 8, 20);
    expect(presetAt("monday", sunday)).toBe(local(2026, 2, 9, 9));
    expect(presetAt("tomorrow", sunday)).toBe(local(2026, 2, 9, 9));
  });
  test("or at a time of one's own, which a field writes and reads alike", () => {
    expect(timeOf(fieldOf(monday))).toBe(monday);
    expect(fieldOf(local(2026, 2, 3, 9))).toBe("2026-03-03T09:00");
    expect(timeOf("")).toBeNaN();
  });
});
