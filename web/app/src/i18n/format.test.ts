import { expect, test } from "vitest";
import { clock } from "./format";

test("clock writes minutes and seconds, hours once there are some", () => {
  expect(clock(0)).toBe("0:00");
  expect(clock(42_999)).toBe("0:42");
  expect(clock(725_000)).toBe("12:05");
  expect(clock(3_729_000)).toBe("1:02:09");
  expect(clock(-5)).toBe("0:00");
});
