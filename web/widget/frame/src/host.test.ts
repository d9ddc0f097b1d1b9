import { describe, expect, it } from "vitest";
import { accept } from "./host";
import { Keep } from "./keep";

function desk() {
  const errors: unknown[] = [];
  const keep = new Keep("parley.test", () => {});
  const host = {
    ready() {},
    open() {},
    unread() {},
    event: (_: string, detail: unknown) => errors.push(detail),
  };
  const spoken: string[] = [];
  const speak = async (to: string) => void spoken.push(to);
  return { errors, spoken, chat: { host, keep, speak } };
}

describe("WEB-04: what a site may say", () => {
  it("takes the known fields and variables", () => {
    const { chat, spoken } = desk();
    const said = { name: "Marie", $accountNumber: 1001, $caseNumber: "42", $language: "fr-CA" };
    expect(accept(chat, said, 255)).toEqual({ name: "Marie", account_number: "1001", case_number: "42" });
    expect(spoken).toEqual(["fr-CA"]);
  });

  it("refuses what is too long, not a primitive, or unknown, and says so", () => {
    const { chat, errors } = desk();
    const said = { name: "x".repeat(501), email: { a: 1 }, ["k".repeat(101)]: "v", shoe: 43 };
    expect(accept(chat, said, 500)).toEqual({});
    expect(errors).toEqual([
      { code: "invalid", key: "name" },
      { code: "invalid", key: "email" },
      { code: "invalid", key: "k".repeat(100) },
      { code: "unknown", key: "shoe" },
    ]);
  });

  it("A-109: __proto__ and constructor are names like any unknown one", () => {
    const { chat } = desk();
    const said = JSON.parse('{"__proto__": "x", "constructor": "y", "name": "Marie"}');
    expect(accept(chat, said, 500)).toEqual({ name: "Marie" });
    expect(({} as Record<string, unknown>).name).toBeUndefined();
  });
});
