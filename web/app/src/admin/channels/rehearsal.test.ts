import { describe, expect, test } from "vitest";
import { atSimulator, lacks, rehearsed } from "./rehearsal";
import type { Field, Provider } from "./types";

const field = (name: string, change: Partial<Field> = {}): Field => ({
  name,
  secret: false,
  ours: false,
  required: true,
  default: "",
  options: [],
  pattern: "",
  max: 512,
  when: "",
  ...change,
});
const provider = (change: Partial<Provider>) =>
  ({ provider: "x", base_url: "https://api.example", register: true, ...change }) as Provider;
const none = { address: "", settings: {}, secrets: {} };

describe("an account at the simulator", () => {
  test("SOC-01: what is made up has the form that is asked for", () => {
    const telegram = provider({
      provider: "telegram",
      simulator: "http://127.0.0.1:8080/sim/api/telegram/",
      address: field("bot_id", { pattern: "^[0-9]{3,20}$" }),
    });
    const asked = [
      field("bot_token", { secret: true, pattern: "^[0-9]{3,20}:[A-Za-z0-9_-]{3,100}$" }),
      field("account_sid", { pattern: "^AC[0-9a-f]{32}$" }),
      field("app_secret", { secret: true, pattern: "^[0-9a-f]{32}$" }),
      field("status_callback", { required: false }),
      field("app_id", { required: false, pattern: "^[0-9]{5,20}$" }),
      field("auth", { options: ["oauth1", "oauth2"], default: "oauth1" }),
    ];
    const got = rehearsed(telegram, asked, none, []);
    for (const f of asked.filter((f) => f.pattern))
      expect({ ...got.settings, ...got.secrets }[f.name]).toMatch(new RegExp(f.pattern));
    expect(got.secrets.bot_token).toContain(`${got.address}:`);
    expect(Object.keys(got.settings).sort()).toEqual(["account_sid", "app_id", "base_url"]);
    expect(atSimulator(telegram, got.settings)).toBe(true);
    expect(atSimulator(telegram, {})).toBe(false);
    expect([lacks(asked, none, []), lacks(asked, got, [])]).toEqual([true, false]);
    const other = [...asked, field("client_id")]; // another way to sign in was chosen
    expect(lacks(other, got, [])).toBe(true);
    expect(rehearsed(telegram, other, got, []).settings.base_url).toBe(got.settings.base_url);
  });

  test("A-095: what is filled in or set already stays", () => {
    const x = provider({ simulator: "http://127.0.0.1:8080/sim/api/x/", address: field("user_id") });
    const had = { address: "42", settings: { consumer_key: "mine" }, secrets: { access_token: "typed" } };
    const asked = [
      field("consumer_key"),
      field("access_token", { secret: true }),
      field("old", { secret: true }),
    ];
    const got = rehearsed(x, asked, had, ["old"]);
    expect([got.address, got.settings.consumer_key, got.secrets]).toEqual([
      "42",
      "mine",
      { access_token: "typed" },
    ]);
  });

  test("SMS-01: a message center is a port of this machine", () => {
    const smpp = provider({
      provider: "smpp",
      base_url: "",
      simulator: "127.0.0.1",
      address: field("phone_number", { pattern: "^\\+[0-9]+$" }),
    });
    const got = rehearsed(
      smpp,
      [field("host"), field("port"), field("password", { secret: true })],
      none,
      [],
    );
    expect(got.address).toMatch(/^\+1514555\d{4}$/);
    expect(Number(got.settings.port)).toBeGreaterThan(19_999);
    expect(got.settings.base_url).toBeUndefined();
    expect(got.secrets.password).toHaveLength(8);
    expect(atSimulator(smpp, got.settings)).toBe(true);
  });
});
