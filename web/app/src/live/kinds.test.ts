import { readdirSync, readFileSync } from "node:fs";
import type { Frame } from "@parley/protocol";
import { expect, test } from "vitest";
import { cargo, unexpected } from "./kinds";

const folder = "src/live/testdata/";
const recordings = readdirSync(folder).filter((f) => f.endsWith(".json"));

test("R-52: recorded days bring what their kinds say, and nothing else", () => {
  expect(recordings.length).toBeGreaterThan(0);
  for (const file of recordings) {
    const { frames } = JSON.parse(readFileSync(folder + file, "utf8")) as { frames: Frame[] };
    const events = frames.flatMap((f) => f.events ?? []);
    expect(events.length).toBeGreaterThan(0);
    for (const event of events) {
      expect(Object.keys(cargo)).toContain(event.type);
      expect({ file, n: event.n, type: event.type, more: unexpected(event) }).toEqual({
        file,
        n: event.n,
        type: event.type,
        more: [],
      });
    }
  }
});
