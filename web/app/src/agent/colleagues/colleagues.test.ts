import type { Colleague } from "@parley/protocol";
import { expect, test } from "vitest";
import { hereOf } from "./Colleagues";

const who = (id: string, displayed: Colleague["displayed"]): Colleague => ({
  id,
  display_name: id,
  displayed,
  load: 0,
  capacity: 6,
});

test("F108: colleagues are those who are here, who is free first", () => {
  const all = [who("sam", "on_break"), who("eve", "logged_out"), who("bob", "busy"), who("ada", "available")];
  expect(hereOf(all).map((c) => c.id)).toEqual(["ada", "bob", "sam"]);
});
