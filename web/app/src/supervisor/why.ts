/** Score is what routing compares of one agent (RTE-01). */
export type Score = {
  agent: string;
  name?: string;
  level: number;
  load: number;
  idle_since: number | string;
};

/** Kept is one agent kept out, and the smallest change that would have let them in. */
export type Kept = {
  agent: string;
  name?: string;
  reason: string;
  source: string;
  has: string;
  needs: string;
};

/** Why is the receipt of one offer, with names (RTE-10). */
export type Why = {
  config: number;
  rule: string;
  chosen: Score;
  next?: Score | null;
  eligible: number;
  excluded?: Record<string, number> | null;
  agents: Kept[] | null;
  /** By agent id. */
  names: Record<string, string>;
  /** The way through the script before the queue; null where no script led it. */
  path: ScriptPath | null;
};

/** ScriptPath is what a contact came by, in the version of the script they met (SCR-02). */
export type ScriptPath = { id: string; name: string; version: number; steps: ScriptStep[] };
export type ScriptStep = {
  object: string;
  kind: string;
  exit: string;
  answer?: { en: string; fr: string };
};

const kinds = [
  "schedule",
  "online",
  "say",
  "menu",
  "test",
  "crm",
  "set",
  "language",
  "forward",
  "skip",
  "offline",
  "end",
] as const;
const exits = ["open", "closed", "invalid", "no_answer", "yes", "no", "case", "customer", "new"] as const;

/** stepKind returns the key of the sentence of a step; a menu that was not yet answered only asked. */
export function stepKind(step: ScriptStep): (typeof kinds)[number] | "asked" | null {
  if (step.kind === "menu" && step.exit === "") return "asked";
  return kinds.find((k) => k === step.kind) ?? null;
}

/** exitKey returns the key of an exit's words, with what is put into them. */
export function exitKey(exit: string): { key: (typeof exits)[number] | "exception" | "other"; n: string } {
  if (exit.startsWith("exception")) return { key: "exception", n: exit.slice("exception".length) };
  return { key: exits.find((e) => e === exit) ?? "other", n: "" };
}

/** The rules that can decide, each with its sentence in the catalogs. */
export const rules = ["only", "level", "load", "idle", "id", "addressed", "preferred"] as const;
type Rule = (typeof rules)[number];

/** The reasons that keep an agent out, in the order they are asked (docs/routing.md). */
export const reasons = [
  "not_member",
  "disabled",
  "no_link",
  "not_available",
  "stop_new",
  "next_set",
  "switched_off",
  "queue_disabled",
  "skill",
  "offered",
  "full",
  "wrapping_up",
  "had_it",
] as const;
export type Reason = (typeof reasons)[number];

/** ruleOf returns a rule we have words for; a rule nobody named is told as a tie. */
export function ruleOf(why: Why): Rule {
  return (rules as readonly string[]).includes(why.rule) ? (why.rule as Rule) : "id";
}

/** reasonOf returns a reason we have words for, or null. */
export function reasonOf(kept: Kept): Reason | null {
  return (reasons as readonly string[]).includes(kept.reason) ? (kept.reason as Reason) : null;
}

/** idleAt reads a time that comes as milliseconds or as RFC 3339; 0 is none. */
export function idleAt(score: Score): number {
  const at = typeof score.idle_since === "number" ? score.idle_since : Date.parse(score.idle_since);
  return Number.isFinite(at) && at > 0 ? at : 0;
}

/** Line is one row of the comparison of the chosen with the next. */
export type Line = { what: "level" | "load" | "idle"; decided: boolean };

/** lines says what was compared, in order, and which of them decided. */
export function lines(why: Why): Line[] {
  const compared = ["level", "load", "idle"] as const;
  return compared.map((what) => ({ what, decided: why.rule === what }));
}

/** grouped puts those kept out under their reasons, in the order the reasons are asked. */
export function grouped(why: Why): { reason: string; source: string; agents: Kept[] }[] {
  const place = (r: string) => {
    const at = (reasons as readonly string[]).indexOf(r);
    return at < 0 ? reasons.length : at;
  };
  const groups = new Map<string, Kept[]>();
  for (const kept of why.agents ?? []) groups.set(kept.reason, [...(groups.get(kept.reason) ?? []), kept]);
  return [...groups]
    .sort(([a], [b]) => place(a) - place(b))
    .map(([reason, agents]) => ({ reason, source: agents[0]!.source, agents }));
}
