import { expect, test } from "vitest";
import { words as en } from "../i18n/en";
import { words as fr } from "../i18n/fr-CA";
import { missingIn } from "./LoginForm";

test("LOC-01: an empty field of the sign-in page is told of in our own words", () => {
  expect(missingIn("", "")).toEqual({ username: "login.nameMissing", password: "login.passwordMissing" });
  expect(missingIn(" ", "demo")).toEqual({ username: "login.nameMissing" });
  expect(missingIn("amy", "")).toEqual({ password: "login.passwordMissing" });
  expect(missingIn("amy", "demo")).toEqual({});
  expect(en.login.nameMissing).not.toBe(fr.login.nameMissing);
});
