import i18next from "i18next";
import { expect, test } from "vitest";
import { clock, dateTime, pointed, span, timeOfDay, toTheSecond } from "./format";

test("clock writes minutes and seconds, hours once there are some", () => {
  expect(clock(0)).toBe("0:00");
  expect(clock(42_999)).toBe("0:42");
  expect(clock(725_000)).toBe("12:05");
  expect(clock(3_729_000)).toBe("1:02:09");
  expect(clock(-5)).toBe("0:00");
});

test("WAP-05: a window of days reads in days and hours, one of hours as a clock", () => {
  const before = i18next.language;
  i18next.language = "en";
  expect(span(604_797_000).replace(/\s/gu, " ")).toBe("6 days 23 hr");
  expect(span(86_399_000)).toBe("23:59:59");
  i18next.language = "fr-CA";
  expect(span(604_797_000).replace(/\s/gu, " ")).toBe("6 j 23 h");
  i18next.language = before;
});

test("LOC-02: a French time breaks nowhere", () => {
  const at = Date.UTC(2026, 2, 2, 14, 2);
  const before = i18next.language;
  i18next.language = "fr-CA";
  for (const text of [timeOfDay(at), dateTime(at)]) expect(text).toMatch(/\d\u00a0h\u00a0\d\d$/);
  expect(toTheSecond(at + 7_000)).toMatch(/\d\u00a0h\u00a0\d\d\u00a0min\u00a007\u00a0s$/);
  i18next.language = before;
});

test("LOC-02: a French comma is a decimal point, an English one is left to be refused", () => {
  const before = i18next.language;
  i18next.language = "fr-CA";
  expect(pointed("12,5")).toBe("12.5");
  i18next.language = "en";
  expect(pointed("1,250")).toBe("1,250");
  i18next.language = before;
});
