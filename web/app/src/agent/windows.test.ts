import { describe, expect, test } from "vitest";
import { interaction } from "../live/people";
import { windowTitle } from "./OwnWindow";
import { ownWindow } from "./windows";

describe("CNV-10: a conversation's own window", () => {
  const visitor = interaction().visitor;
  test("is known by its address", () => {
    expect(ownWindow("/agent/window/int_1")).toBe("int_1");
    expect(ownWindow("/agent/i/int_1")).toBe("");
  });
  test("is called by nickname, name and e-mail, each once", () => {
    const i = interaction({
      customer: { id: "cus_1", name: "Marie Tremblay", account_number: "" },
      visitor: { ...visitor, name: "Marie", email: "marie@example.com" },
    });
    expect(windowTitle(i)).toBe("Marie · Marie Tremblay · marie@example.com");
    expect(windowTitle({ ...i, visitor: { ...i.visitor, name: "Marie Tremblay" } })).toBe(
      "Marie Tremblay · marie@example.com",
    );
  });
  test("on a network it is called by number or handle, and name", () => {
    const i = interaction({ visitor: { ...visitor, handle: "marie_t", address: "42", name: "Marie" } });
    expect(windowTitle({ ...i, customer: { id: "", name: "Marie", account_number: "" } })).toBe(
      "@marie_t · Marie",
    );
  });
  test("somebody unknown has no name: their transaction is called by its number", () => {
    expect(windowTitle(interaction())).toBe("");
  });
});
