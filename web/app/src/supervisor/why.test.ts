import { describe, expect, it } from "vitest";
import { words as en } from "../i18n/en";
import { words as fr } from "../i18n/fr-CA";
import { exitKey, grouped, idleAt, lines, reasonOf, reasons, ruleOf, rules, stepKind, type Why } from "./why";

const amy = { agent: "agt_amy", level: 80, load: 1, idle_since: Date.UTC(2026, 2, 2, 9) };
const kept = (agent: string, reason: string, source = "CAP-02") => ({
  agent,
  reason,
  source,
  has: "6",
  needs: "5",
});
const why: Why = {
  config: 41,
  rule: "level",
  chosen: amy,
  next: { ...amy, agent: "agt_bob", level: 50 },
  eligible: 2,
  names: {},
  path: null,
  agents: [kept("a", "had_it"), kept("b", "full"), kept("c", "not_member", "QUE-01"), kept("d", "full")],
};

describe("RTE-10: why did it go there", () => {
  it("says which comparison decided, and only that one", () => {
    expect(
      lines(why)
        .filter((l) => l.decided)
        .map((l) => l.what),
    ).toEqual(["level"]);
    expect(lines({ ...why, rule: "only" }).some((l) => l.decided)).toBe(false);
  });

  it("has a sentence for each step of a script, and words for each exit (SCR-02)", () => {
    expect(stepKind({ object: "What", kind: "menu", exit: "" })).toBe("asked");
    expect(stepKind({ object: "What", kind: "menu", exit: "2" })).toBe("menu");
    expect(stepKind({ object: "New", kind: "of_later", exit: "" })).toBeNull();
    expect([exitKey("open"), exitKey("exception3"), exitKey("4")]).toEqual([
      { key: "open", n: "" },
      { key: "exception", n: "3" },
      { key: "other", n: "" },
    ]);
  });

  it("lists who was kept out by the first rule that did, in the order the rules are asked", () => {
    expect(grouped(why).map((g) => [g.reason, g.agents.length])).toEqual([
      ["not_member", 1],
      ["full", 2],
      ["had_it", 1],
    ]);
    expect(grouped({ ...why, agents: null })).toEqual([]);
  });

  it("has a sentence in both languages for every rule and reason", () => {
    for (const words of [en, fr])
      for (const rule of rules) expect(words.supervisor.why.rule[rule].length).toBeGreaterThan(10);
    for (const words of [en, fr])
      for (const reason of reasons) {
        expect(words.supervisor.why.reason[reason].length).toBeGreaterThan(5);
        expect(words.supervisor.why.change[reason].length).toBeGreaterThan(5);
      }
  });

  it("survives a rule or a reason it does not know", () => {
    expect(ruleOf({ ...why, rule: "dice" })).toBe("id");
    expect(reasonOf(kept("a", "moon"))).toBeNull();
  });

  it.each([
    [1772442000000, 1772442000000],
    ["2026-03-02T09:00:00Z", 1772442000000],
    ["0001-01-01T00:00:00Z", 0],
    ["", 0],
  ])("reads idle since %s", (idle_since, want) => {
    expect(idleAt({ ...amy, idle_since })).toBe(want);
  });
});
