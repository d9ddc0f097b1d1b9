import type { Agent } from "@parley/protocol";
import { useTranslation } from "react-i18next";
import { clock } from "../i18n/format";
import { StatusBadge } from "../parts/StatusBadge";
import { type Column, DataTable } from "../ui/DataTable";
import { EmptyState } from "../ui/EmptyState";
import { type AgentAct, AgentMenu } from "./AgentMenu";
import { Count } from "./Count";
import styles from "./Live.module.css";

interface AgentTableProps {
  rows: readonly Agent[];
  now: number;
  /** What each holds now, in words: the customers' names. */
  holding: (agent: string) => string[];
  to: (agent: string) => string;
  onAct: (agent: Agent, act: AgentAct) => void;
}

/** AgentTable is the live table of agents. Source: MON-01, MON-07. */
export function AgentTable({ rows, now, holding, to, onAct }: AgentTableProps) {
  const { t } = useTranslation();
  const columns: Column<Agent>[] = [
    { key: "name", head: t("supervisor.agent.name"), cell: (a) => a.display_name },
    { key: "status", head: t("supervisor.agent.status"), cell: (a) => <StatusBadge agent={a} /> },
    {
      key: "for",
      head: t("supervisor.agent.for"),
      end: true,
      cell: (a) => (a.since_at > 0 ? clock(now - a.since_at) : t("supervisor.none")),
    },
    {
      key: "load",
      head: t("supervisor.agent.load"),
      end: true,
      cell: (a) => (
        <span className={styles.value}>
          <Count n={a.load} href={to(a.id)} what={`${a.display_name}, ${t("supervisor.agent.load")}`} />
          <span className={styles.quiet}>{t("supervisor.outOf", { n: a.capacity })}</span>
        </span>
      ),
    },
    { key: "now", head: t("supervisor.agent.now"), extra: true, cell: (a) => <Now names={holding(a.id)} /> },
    { key: "why", head: t("supervisor.agent.reason"), cell: (a) => <Reason agent={a} now={now} /> },
    {
      key: "menu",
      head: t("supervisor.agent.menu"),
      end: true,
      actions: true,
      cell: (a) => <AgentMenu agent={a} onAct={(act) => onAct(a, act)} />,
    },
  ];
  return (
    <DataTable
      label={t("supervisor.agents")}
      columns={columns}
      rows={rows}
      tone={(a) => (a.conn === "grace" ? "warn" : null)}
      empty={
        <EmptyState icon="people" title={t("supervisor.agent.none")} text={t("supervisor.agent.noneText")} />
      }
    />
  );
}

function Now({ names }: { names: string[] }) {
  const { t } = useTranslation();
  if (names.length === 0) return <span className={styles.quiet}>{t("supervisor.none")}</span>;
  return <span className={styles.names}>{names.join(", ")}</span>;
}

/** Reason says what brought an agent into the status, and what comes after it. */
function Reason({ agent, now }: { agent: Agent; now: number }) {
  const { t } = useTranslation();
  const parts: string[] = [];
  if (agent.conn === "grace")
    parts.push(t("supervisor.agent.reconnecting", { d: clock(agent.grace_until - now) }));
  if (agent.code_name) parts.push(agent.code_name);
  if (agent.reason === "supervisor") parts.push(t("supervisor.reason.supervisor", { name: agent.by_name }));
  else if (agent.reason) parts.push(t(`supervisor.reason.${agent.reason}` as "supervisor.reason.rejected"));
  if (agent.next) parts.push(t("supervisor.agent.next", { status: t(`status.${agent.next}`) }));
  if (parts.length === 0) return <span className={styles.quiet}>{t("supervisor.none")}</span>;
  return <span className={styles.names}>{parts.join(", ")}</span>;
}
