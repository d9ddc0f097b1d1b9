import { describe, expect, it } from "vitest";
import { accept, variables } from "./host";
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

  it("takes variables by names of the site's own: strings, few and short", () => {
    const { chat, errors } = desk();
    const at = { ...chat, state: { fields: { $plan: "gold", name: "Marie" } } } as never;
    expect(variables(at, { plan: "silver", $shop_id: "7", _x: "y" })).toEqual({
      $plan: "silver",
      $shop_id: "7",
      $_x: "y",
    });
    const said = { n: 1, "a b": "x", long: "x".repeat(256), "7up": "x" };
    expect(variables(at, said)).toEqual({});
    expect(errors).toEqual(Object.keys(said).map((key) => ({ code: "invalid", key })));
    errors.length = 0;
    const many = Object.fromEntries(Array.from({ length: 21 }, (_, n) => [`v${n}`, "1"]));
    expect(Object.keys(variables(at, many))).toHaveLength(19);
    expect(errors).toEqual([
      { code: "too_many", key: "v19" },
      { code: "too_many", key: "v20" },
    ]);
  });

  it("A-109: __proto__ and constructor are names like any unknown one", () => {
    const { chat } = desk();
    const said = JSON.parse('{"__proto__": "x", "constructor": "y", "name": "Marie"}');
    expect(accept(chat, said, 500)).toEqual({ name: "Marie" });
    expect(({} as Record<string, unknown>).name).toBeUndefined();
  });
});
