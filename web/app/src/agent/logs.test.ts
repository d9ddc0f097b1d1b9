import type { Case } from "@parley/protocol";
import { beforeEach, expect, it } from "vitest";
import { forgetLog, keepLog, logOf } from "./logs";

const saved = {
  id: "cas_1",
  subject: "Parcel",
  notes: "",
  status: "closed",
  customer: null,
} as unknown as Case;
const marie = { id: "cus_1", name: "Marie Tremblay" };

beforeEach(() => localStorage.clear());

it("what is typed into a log outlives the form, until it is saved (R-69)", () => {
  keepLog("amy", { ...saved, notes: "Late", customer: marie });
  expect(logOf("amy", saved)).toEqual({
    subject: "Parcel",
    notes: "Late",
    status: "closed",
    customer: marie,
  });
  expect(logOf("bob", saved)).toBeNull();
  forgetLog("amy", saved.id);
  expect(logOf("amy", saved)).toBeNull();
});

it("a customer linked meanwhile stays linked (CRM-10)", () => {
  keepLog("amy", { ...saved, notes: "Late" });
  expect(logOf("amy", { ...saved, customer: marie })?.customer).toEqual(marie);
});

it("what is as saved is nothing to restore (R-69)", () => {
  keepLog("amy", saved);
  expect(logOf("amy", saved)).toBeNull();
});
