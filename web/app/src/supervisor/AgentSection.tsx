import { SegmentedControl } from "@mantine/core";
import type { Agent, Interaction } from "@parley/protocol";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import type { AgentAct } from "./AgentMenu";
import { AgentTable } from "./AgentTable";
import { type AgentFilter, agentRows, holder, type QueueRow } from "./board";
import styles from "./Live.module.css";
import { liveUrl, type Shown } from "./liveUrl";

/** FloorNow is what the sections of the live page show. */
export interface FloorNow {
  shown: Shown;
  agents: Record<string, Agent>;
  interactions: readonly Interaction[];
  queues: readonly QueueRow[];
  now: number;
}

interface AgentSectionProps extends FloorNow {
  onAct: (agent: Agent, act: AgentAct) => void;
}

/** AgentSection lists the agents who are here, free, or all. Source: MON-01. */
export function AgentSection({ shown, agents, interactions, now, onAct }: AgentSectionProps) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  return (
    <section className={styles.column}>
      <div className={styles.bar}>
        <h2 className={styles.heading}>{t("supervisor.agents")}</h2>
        <SegmentedControl
          className={styles.choice}
          size="xs"
          aria-label={t("supervisor.agent.show")}
          value={shown.agents}
          onChange={(value) => go(liveUrl({ ...shown, agents: value as AgentFilter }), { replace: true })}
          data={(["here", "free", "all"] as const).map((value) => ({
            value,
            label: t(`supervisor.show.${value}`),
          }))}
        />
      </div>
      <AgentTable
        rows={agentRows(Object.values(agents), shown.agents)}
        now={now}
        holding={(id) => interactions.filter((i) => holder(i) === id).map((i) => i.customer.name)}
        to={(agent) => liveUrl({ agents: shown.agents, agent })}
        onAct={onAct}
      />
    </section>
  );
}
