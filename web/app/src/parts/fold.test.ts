import { expect, test } from "vitest";
import { matches } from "./fold";

test.each([
  ["D\u00e9lai de r\u00e9ponse", "delai", true],
  ["Reply target", " REPLY ", true],
  ["Reply target", "", true],
  ["Reply target", "wrap", false],
  ["Status after the last wrap-up", "wrap up", true],
  ["Status after rejecting an offer", "offer status", true],
  ["Status after rejecting an offer", "offer wrap", false],
  ["Ce que l\u2019agent peut choisir", "l'agent", true],
])("%s holds %j: %s", (text, sought, is) => expect(matches(text, sought)).toBe(is));
