import type { Agent, Gauges, Interaction, QueueGauge } from "@parley/protocol";

/** The states of an interaction a supervisor can list, in the order of its life. */
export const stages = ["queued", "offered", "active", "parked", "wrapup"] as const;
export type Stage = (typeof stages)[number];

/** stageOf returns where a live interaction stands; null if it is over. */
export function stageOf(i: Interaction): Stage | null {
  if (i.state === "created") return "queued";
  return (stages as readonly string[]).includes(i.state) ? (i.state as Stage) : null;
}

/** mayClose reports whether a supervisor can still end the talk (I28); a wrap-up is the agent's to finish. */
export function mayClose(i: Interaction): boolean {
  const stage = stageOf(i);
  return stage !== null && stage !== "wrapup";
}

/** Filter narrows the lists; empty strings mean all. */
export type Filter = { stage: Stage | ""; queue: string; agent: string };

/**
 * listed returns the interactions a filter leaves, the longest waiting first.
 * The numbers of the board are lengths of these lists, so that a number and the
 * list behind it always agree.
 *
 * Source: UX-53.
 */
export function listed(interactions: readonly Interaction[], filter: Filter): Interaction[] {
  return interactions
    .filter((i) => {
      const stage = stageOf(i);
      if (!stage || (filter.stage && stage !== filter.stage)) return false;
      if (filter.queue && i.queue.id !== filter.queue) return false;
      return !filter.agent || holder(i) === filter.agent;
    })
    .sort((a, b) => a.entry_at - b.entry_at || a.number - b.number);
}

/** holder returns the agent an interaction is offered to or with, "" if nobody. */
export function holder(i: Interaction): string {
  return i.offer?.agent_id || i.agent?.id || "";
}

/** QueueRow is one line of the table of queues. */
export type QueueRow = QueueGauge & { alert: "breach" | "warn" | null };

/**
 * queueRows joins the gauges with what can be counted in the mirror.
 *
 * Source: MON-02.
 */
export function queueRows(
  gauges: Gauges | null,
  interactions: readonly Interaction[],
  now: number,
): QueueRow[] {
  return (gauges?.queues ?? []).map((q) => {
    const mine = interactions.filter((i) => i.queue.id === q.id);
    const count = (stage: Stage) => mine.filter((i) => stageOf(i) === stage).length;
    const waiting = mine.filter((i) => stageOf(i) === "queued");
    const longest_at = waiting.reduce((at, i) => (at === 0 ? i.entry_at : Math.min(at, i.entry_at)), 0);
    const row = {
      ...q,
      longest_at,
      waiting: waiting.length,
      offered: count("offered"),
      active: count("active"),
      parked: count("parked"),
      wrapping: count("wrapup"),
    };
    return { ...row, alert: alertOf(row, now) };
  });
}

function alertOf(q: QueueGauge, now: number): QueueRow["alert"] {
  if (q.waiting === 0) return null;
  const waited = (now - q.longest_at) / 1000;
  if (waited > q.sla_s || q.members_on === 0) return "breach";
  return waited > q.sla_s * 0.75 ? "warn" : null;
}

/** Totals is the line above the tables. */
export type Totals = {
  waiting: number;
  longest_at: number;
  active: number;
  free: number;
  signed_in: number;
  abandoned: number;
  /** Percent of today's, weighted by what each queue accepted; -1 = none yet. */
  sla_pct: number;
};

/** totals sums the board up. */
export function totals(rows: readonly QueueRow[], agents: readonly Agent[]): Totals {
  const waits = rows.filter((q) => q.longest_at > 0).map((q) => q.longest_at);
  const rated = rows.filter((q) => q.sla_pct >= 0);
  const weight = rated.reduce((sum, q) => sum + Math.max(q.entered_today, 1), 0);
  const points = rated.reduce((sum, q) => sum + q.sla_pct * Math.max(q.entered_today, 1), 0);
  const here = agents.filter((a) => a.displayed !== "logged_out");
  return {
    waiting: rows.reduce((sum, q) => sum + q.waiting, 0),
    longest_at: waits.length > 0 ? Math.min(...waits) : 0,
    active: rows.reduce((sum, q) => sum + q.active, 0),
    free: here.filter(isFree).length,
    signed_in: here.length,
    abandoned: rows.reduce((sum, q) => sum + q.abandoned_today, 0),
    sla_pct: weight > 0 ? Math.round(points / weight) : -1,
  };
}

/** isFree reports whether an agent could take one more now, as the server counts them per queue. */
export function isFree(a: Agent): boolean {
  const willing = a.base === "available" && a.sub === "none" && a.next === "" && a.conn === "up";
  return willing && a.offered === 0 && a.load < a.capacity && (a.active > 0 || a.wrapping === 0);
}

const order = ["offered", "busy", "available", "post_processing", "on_break", "work_offline", "logged_out"];

/** agentRows puts those at work first, then by name. */
export function agentRows(agents: readonly Agent[], show: AgentFilter): Agent[] {
  return agents
    .filter((a) => (show === "free" ? isFree(a) : show === "all" || a.displayed !== "logged_out"))
    .sort(
      (a, b) =>
        order.indexOf(a.displayed) - order.indexOf(b.displayed) ||
        a.display_name.localeCompare(b.display_name),
    );
}

/** AgentFilter says which agents the table lists. */
export type AgentFilter = "here" | "free" | "all";
