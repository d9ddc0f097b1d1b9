import type { QueueGauge } from "@parley/protocol";
import { useTranslation } from "react-i18next";
import { clock, number } from "../i18n/format";
import { type Column, DataTable } from "../ui/DataTable";
import { EmptyState } from "../ui/EmptyState";
import type { QueueRow, Stage } from "./board";
import { Count } from "./Count";
import styles from "./Live.module.css";

interface QueueTableProps {
  rows: readonly QueueRow[];
  now: number;
  /** Where a number leads: the list it counts. */
  to: (queue: string, stage: Stage | "") => string;
  /** Today's interactions of a queue that ended in a state; "" for all. */
  today: (queue: string, state: string) => string;
}

/** QueueTable is the live table of queues. Source: MON-02. */
export function QueueTable({ rows, now, to, today }: QueueTableProps) {
  const { t } = useTranslation();
  const stage = (key: keyof QueueGauge & string, head: string, name: Stage): Column<QueueRow> => ({
    key,
    head,
    end: true,
    cell: (q) => <Count n={q[key] as number} href={to(q.id, name)} what={`${q.name}, ${head}`} />,
  });
  const past = (key: keyof QueueGauge & string, head: string, state: string): Column<QueueRow> => ({
    key,
    head,
    end: true,
    extra: true,
    cell: (q) => <Count n={q[key] as number} href={today(q.id, state)} what={`${q.name}, ${head}`} />,
  });
  const columns: Column<QueueRow>[] = [
    { key: "name", head: t("supervisor.queue.name"), cell: (q) => q.name },
    stage("waiting", t("supervisor.queue.waiting"), "queued"),
    {
      key: "longest",
      head: t("supervisor.queue.longest"),
      end: true,
      cell: (q) => <Longest row={q} now={now} />,
    },
    stage("offered", t("supervisor.queue.offered"), "offered"),
    stage("active", t("supervisor.queue.active"), "active"),
    stage("parked", t("supervisor.queue.parked"), "parked"),
    stage("wrapping", t("supervisor.queue.wrapping"), "wrapup"),
    {
      key: "available",
      head: t("supervisor.queue.available"),
      end: true,
      cell: (q) => <Staff row={q} />,
    },
    { key: "sla", head: t("supervisor.queue.sla"), end: true, cell: (q) => <Level row={q} /> },
    past("entered_today", t("supervisor.queue.entered"), ""),
    past("abandoned_today", t("supervisor.queue.abandoned"), "abandoned"),
  ];
  return (
    <DataTable
      label={t("supervisor.queues")}
      columns={columns}
      rows={rows}
      tone={(q) => q.alert}
      empty={
        <EmptyState icon="inbox" title={t("supervisor.queue.none")} text={t("supervisor.queue.noneText")} />
      }
    />
  );
}

function Longest({ row, now }: { row: QueueRow; now: number }) {
  const { t } = useTranslation();
  if (row.longest_at === 0) return <span className={styles.quiet}>{t("supervisor.none")}</span>;
  return (
    <span data-alert={row.alert ?? undefined} className={styles.stacked}>
      {clock(now - row.longest_at)}
      {row.alert === "breach" && <span className={styles.word}>{t("supervisor.over")}</span>}
    </span>
  );
}

function Staff({ row }: { row: QueueRow }) {
  const { t } = useTranslation();
  if (row.members_on === 0)
    return (
      <span data-alert="breach" className={styles.value}>
        {t("supervisor.queue.nobody")}
      </span>
    );
  return <span>{t("supervisor.of", { n: number(row.available), of: number(row.members_on) })}</span>;
}

function Level({ row }: { row: QueueRow }) {
  const { t } = useTranslation();
  if (row.sla_pct < 0) return <span className={styles.quiet}>{t("supervisor.none")}</span>;
  const short = row.sla_pct < row.sla_target_pct;
  return (
    <span data-alert={short ? "warn" : undefined} className={styles.stacked}>
      {t("supervisor.percent", { n: Math.round(row.sla_pct) })}
      {short && <span className={styles.word}>{t("supervisor.under", { n: row.sla_target_pct })}</span>}
    </span>
  );
}
