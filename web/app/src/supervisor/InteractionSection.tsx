import { SegmentedControl } from "@mantine/core";
import type { Interaction } from "@parley/protocol";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import type { FloorNow } from "./AgentSection";
import { type Filter, listed, type Stage, stages } from "./board";
import { InteractionTable } from "./InteractionTable";
import styles from "./Live.module.css";
import { liveUrl } from "./liveUrl";

interface InteractionSectionProps extends FloorNow {
  onWatch: (interaction: Interaction) => void;
  onClose: (interaction: Interaction) => void;
}

/** InteractionSection lists what is going on, by state, queue and agent. Source: UX-53. */
export function InteractionSection(props: InteractionSectionProps) {
  const { shown, agents, interactions, queues, now, onWatch, onClose } = props;
  const { t } = useTranslation();
  const [, go] = useLocation();
  const to = (part: Partial<Filter>) => liveUrl({ ...shown, ...part });
  return (
    <section className={styles.column}>
      <div className={styles.bar}>
        <h2 className={styles.heading}>{t("supervisor.interactions")}</h2>
        <SegmentedControl
          className={styles.choice}
          size="xs"
          aria-label={t("supervisor.interaction.state")}
          value={shown.stage || "all"}
          onChange={(value) => go(to({ stage: value === "all" ? "" : (value as Stage) }), { replace: true })}
          data={(["all", ...stages] as const).map((value) => {
            const count = listed(interactions, { ...shown, stage: value === "all" ? "" : value }).length;
            return { value, label: `${t(`supervisor.stage.${value}`)} ${count}` };
          })}
        />
        {shown.queue && (
          <Chip label={queues.find((q) => q.id === shown.queue)?.name ?? ""} href={to({ queue: "" })} />
        )}
        {shown.agent && <Chip label={agents[shown.agent]?.display_name ?? ""} href={to({ agent: "" })} />}
      </div>
      <InteractionTable
        rows={listed(interactions, shown)}
        now={now}
        agentName={(id) => agents[id]?.display_name ?? ""}
        onWatch={onWatch}
        onClose={onClose}
      />
    </section>
  );
}

/** Chip is one filter that holds; its cross lifts it. */
function Chip({ label, href }: { label: string; href: string }) {
  const { t } = useTranslation();
  return (
    <Link href={href} className={styles.chip} aria-label={t("supervisor.lift", { label })}>
      {label}
      <span aria-hidden="true" className={styles.cross} />
    </Link>
  );
}
