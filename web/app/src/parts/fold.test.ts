import { expect, test } from "vitest";
import { matches } from "./fold";

test.each([
  ["D\u00e9lai de r\u00e9ponse", "delai", true],
  ["Reply target", " REPLY ", true],
  ["Reply target", "", true],
  ["Reply target", "wrap", false],
])("%s holds %j: %s", (text, sought, is) => expect(matches(text, sought)).toBe(is));
