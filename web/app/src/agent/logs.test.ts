import type { Case } from "@parley/protocol";
import { beforeEach, expect, it } from "vitest";
import { forgetLog, keepLog, logOf } from "./logs";

const marie = { id: "cus_1", name: "Marie Tremblay" };
const saved = {
  id: "cas_1",
  rev: 1,
  subject: "Parcel",
  notes: "",
  status: "closed",
  customer: null,
} as unknown as Case;
/** typed keeps what amy types into a log, on what is saved. */
const typed = (change: Partial<Case>) => keepLog("amy", { base: saved, draft: { ...saved, ...change } });

beforeEach(() => localStorage.clear());

it("what is typed into a log outlives the form, until it is saved (R-69)", () => {
  typed({ notes: "Late", customer: marie });
  expect(logOf("amy", saved)).toEqual({
    base: saved,
    draft: { ...saved, notes: "Late", customer: marie },
  });
  expect(logOf("bob", saved)).toBeNull();
  forgetLog("amy", saved.id);
  expect(logOf("amy", saved)).toBeNull();
});

it("a customer linked meanwhile stays linked (CRM-10)", () => {
  typed({ notes: "Late" });
  expect(logOf("amy", { ...saved, customer: marie })?.draft.customer).toEqual(marie);
  typed({ notes: "Late", customer: { id: "cus_2", name: "Bob" } });
  expect(logOf("amy", { ...saved, customer: marie })?.draft).toMatchObject({
    notes: "Late",
    customer: marie,
  });
});

it("what is as saved is nothing to restore (R-69)", () => {
  typed({});
  expect(logOf("amy", saved)).toBeNull();
  typed({ notes: "Late" });
  expect(logOf("amy", { ...saved, rev: 2, notes: "Late" })).toBeNull();
});

it("what a colleague saved meanwhile stays, and what one typed oneself lies on top (UX-43)", () => {
  typed({ subject: "Parcel lost" });
  const sams = { ...saved, rev: 2, notes: "Written by Sam", agent: { id: "sam", display_name: "Sam" } };
  expect(logOf("amy", sams)).toEqual({ base: sams, draft: { ...sams, subject: "Parcel lost" } });
});

it("where a colleague saved the same field, the form stands on what it was typed on: saving asks (UX-43)", () => {
  typed({ notes: "Late" });
  const sams = { ...saved, rev: 2, notes: "Written by Sam" };
  expect(logOf("amy", sams)).toEqual({ base: saved, draft: { ...saved, notes: "Late" } });
});

it("what was kept before its base was is restored too (R-69)", () => {
  const old = { subject: "Parcel", notes: "Late", status: "closed", customer: null };
  localStorage.setItem("parley.log.amy.cas_1", JSON.stringify(old));
  expect(logOf("amy", { ...saved, rev: 3 })).toEqual({
    base: { ...saved, rev: 3 },
    draft: { ...saved, rev: 3, notes: "Late" },
  });
  for (const broken of ["{", "7", '{"typed":7}', '"typed"']) {
    localStorage.setItem("parley.log.amy.cas_1", broken);
    expect([broken, logOf("amy", saved)]).toEqual([broken, null]);
  }
});
