import { describe, expect, it } from "vitest";
import { areas, changedSince, inherited, valueAt } from "./resolve";
import type { SettingDef, SettingValue } from "./types";

const def = (key: string, change: Partial<SettingDef> = {}): SettingDef => ({
  key,
  type: "bool",
  unit: "",
  default: false,
  presets: {},
  scopes: ["agent", "group", "tenant"],
  options: [],
  min: 0,
  max: 0,
  source: "SEC-04",
  ...change,
});
const reject = def("agents.may_reject");
const at = { group: "grp_1", preset: "console" };
const set = (scope: SettingValue["scope"], scope_id: string, value: unknown): SettingValue => ({
  scope,
  scope_id,
  key: reject.key,
  value,
});

describe("CFG-01: what is inherited, and from whom", () => {
  it.each<[string, SettingValue[], unknown, string]>([
    ["nobody set it", [], false, "default"],
    ["the center did", [set("tenant", "", true)], true, "tenant"],
    [
      "the group comes before the center",
      [set("tenant", "", true), set("group", "grp_1", false)],
      false,
      "group",
    ],
    ["another group does not count", [set("group", "grp_2", true)], false, "default"],
    ["the agent's own value is not inherited", [set("agent", "agt_amy", true)], false, "default"],
  ])("%s", (_, values, value, from) => {
    expect(inherited(reject, values, "agent", at)).toEqual({ value, from });
  });

  it("the center overrides every preset, a preset the product's default", () => {
    const limit = def("text.agent_limit.webchat", {
      default: 1940,
      presets: { console: 5000 },
      scopes: ["group", "tenant"],
    });
    expect(inherited(limit, [], "group", at)).toEqual({ value: 5000, from: "preset" });
    expect(inherited(limit, [], "tenant", {})).toEqual({ value: 1940, from: "default" });
    const center = [{ scope: "tenant" as const, scope_id: "", key: limit.key, value: 700 }];
    expect(inherited(limit, center, "group", at)).toEqual({ value: 700, from: "tenant" });
  });

  it("a preset may switch a thing off", () => {
    const step = def("wrapup.continue_step", {
      default: true,
      presets: { console: false },
      scopes: ["group", "tenant"],
    });
    expect(inherited(step, [], "group", at)).toEqual({ value: false, from: "preset" });
  });

  it("tells no value from a value of false", () => {
    expect(valueAt([set("group", "grp_1", false)], reject.key, "group", "grp_1")).toBe(false);
    expect(valueAt([], reject.key, "group", "grp_1")).toBeUndefined();
  });
});

describe("areas", () => {
  it("POP-01: the moments of an interaction stand in their order", () => {
    const keys = ["pop.match_field", "pop.on_accept", "pop.on_end", "pop.on_offer"];
    const defs = keys.map((k) => def(k, { scopes: ["tenant"] }));
    expect(areas(defs, "tenant")[0]?.defs.map((d) => d.key)).toEqual([
      "pop.on_offer",
      "pop.on_accept",
      "pop.on_end",
      "pop.match_field",
    ]);
  });

  it("offers a scope only what it may set", () => {
    const defs = [def("pop.on_offer", { scopes: ["tenant"] }), reject, def("zzz.x")];
    expect(areas(defs, "group").map((a) => a.area)).toEqual(["agents", "zzz"]);
    expect(areas(defs, "tenant").map((a) => a.area)).toEqual(["agents", "pop", "zzz"]);
  });
});

it("what is changed or unset while a save is under way stays to be saved", () => {
  const sent = { a: 1, b: ["x"], c: true };
  expect(changedSince({ a: 1, b: ["x"], c: undefined, d: 4 }, sent)).toEqual({ c: undefined, d: 4 });
  expect(changedSince(sent, sent)).toEqual({});
});
