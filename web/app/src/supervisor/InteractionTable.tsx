import type { Interaction } from "@parley/protocol";
import { useTranslation } from "react-i18next";
import { clock } from "../i18n/format";
import { Button } from "../ui/Button";
import { type Column, DataTable } from "../ui/DataTable";
import { EmptyState } from "../ui/EmptyState";
import { Icon } from "../ui/Icon";
import { mayClose, stageOf } from "./board";
import styles from "./Live.module.css";

interface InteractionTableProps {
  rows: readonly Interaction[];
  now: number;
  agentName: (id: string) => string;
  onWatch: (interaction: Interaction) => void;
  onClose: (interaction: Interaction) => void;
}

/** InteractionTable lists live interactions; each opens to be watched. */
export function InteractionTable({ rows, now, agentName, onWatch, onClose }: InteractionTableProps) {
  const { t } = useTranslation();
  const columns: Column<Interaction>[] = [
    {
      key: "customer",
      head: t("supervisor.interaction.customer"),
      cell: (i) => (
        <span className={styles.who}>
          {i.customer.name}
          <span className={styles.number}>{t("supervisor.number", { n: i.number })}</span>
        </span>
      ),
    },
    { key: "queue", head: t("supervisor.interaction.queue"), cell: (i) => i.queue.name },
    { key: "state", head: t("supervisor.interaction.state"), cell: (i) => <Standing interaction={i} /> },
    {
      key: "agent",
      head: t("supervisor.interaction.agent"),
      cell: (i) => {
        const name = i.offer ? agentName(i.offer.agent_id) : (i.agent?.display_name ?? "");
        return name || <span className={styles.quiet}>{t("supervisor.none")}</span>;
      },
    },
    {
      key: "for",
      head: t("supervisor.interaction.since"),
      end: true,
      cell: (i) => clock(now - (i.wrapup_from || i.accepted_at || i.entry_at)),
    },
    {
      key: "act",
      head: t("supervisor.interaction.actions"),
      end: true,
      actions: true,
      cell: (i) => (
        <span className={styles.acts}>
          <Button size="xs" look="quiet" icon={<Icon name="eye" size={14} />} onClick={() => onWatch(i)}>
            {t("supervisor.interaction.watch")}
          </Button>
          {mayClose(i) && (
            <Button size="xs" look="quiet" onClick={() => onClose(i)}>
              {t("supervisor.interaction.close")}
            </Button>
          )}
        </span>
      ),
    },
  ];
  return (
    <DataTable
      label={t("supervisor.interactions")}
      columns={columns}
      rows={rows}
      href={(i) => `/supervisor/monitor/${i.id}`}
      tone={(i) => (i.overdue ? "breach" : null)}
      empty={
        <EmptyState
          icon="bubble"
          title={t("supervisor.interaction.none")}
          text={t("supervisor.interaction.noneText")}
        />
      }
    />
  );
}

function Standing({ interaction }: { interaction: Interaction }) {
  const { t } = useTranslation();
  const stage = stageOf(interaction);
  return (
    <span className={styles.stage} data-stage={stage ?? undefined}>
      {stage ? t(`supervisor.interaction.states.${stage}`) : interaction.state}
    </span>
  );
}
