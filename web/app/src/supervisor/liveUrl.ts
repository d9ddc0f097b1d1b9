import { type AgentFilter, type Filter, type Stage, stages } from "./board";

/** Shown is what the live page lists: the address holds it. */
export type Shown = Filter & { agents: AgentFilter };

/** readUrl reads what the live page lists from its address; what it does not know counts as all. */
export function readUrl(search: URLSearchParams): Shown {
  const stage = search.get("stage") ?? "";
  const agents = search.get("agents") ?? "";
  return {
    stage: (stages as readonly string[]).includes(stage) ? (stage as Stage) : "",
    queue: search.get("queue") ?? "",
    agent: search.get("agent") ?? "",
    agents: agents === "free" || agents === "all" ? agents : "here",
  };
}

/** liveUrl is the address of the live page with its lists narrowed. */
export function liveUrl(shown: Partial<Shown>): string {
  const kept = Object.entries(shown).filter(
    ([name, value]) => value && !(name === "agents" && value === "here"),
  );
  const text = new URLSearchParams(kept as [string, string][]).toString();
  return text ? `/supervisor?${text}` : "/supervisor";
}
