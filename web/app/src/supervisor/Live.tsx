import type { Agent, Interaction } from "@parley/protocol";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "wouter";
import { timeOfDay } from "../i18n/format";
import { floor, useFloor, useLive } from "../live/floor";
import { useNow } from "../parts/useNow";
import { Button } from "../ui/Button";
import { Page } from "../ui/Page";
import { Tag } from "../ui/Tag";
import type { AgentAct } from "./AgentMenu";
import { AgentSection } from "./AgentSection";
import { queueRows, totals } from "./board";
import { CloseDialog } from "./CloseDialog";
import { InteractionSection } from "./InteractionSection";
import styles from "./Live.module.css";
import { LogOutDialog } from "./LogOutDialog";
import { liveUrl, readUrl } from "./liveUrl";
import { QueueTable } from "./QueueTable";
import { Tiles } from "./Tiles";
import { useActs } from "./useActs";

/** Live is the floor as it is now: queues, agents, interactions. Source: MON-01, MON-02. */
export function Live() {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const agents = useLive((l) => l.agents);
  const interactions = Object.values(useLive((l) => l.interactions));
  const gauges = useFloor((w) => w.gauges);
  const link = useFloor((w) => w.link);
  const now = useNow(floor.now);
  const acts = useActs();
  const [leaving, setLeaving] = useState<Agent | null>(null);
  const [closing, setClosing] = useState<Interaction | null>(null);
  const shown = readUrl(search);
  const rows = queueRows(gauges, interactions, now);
  const floorNow = { shown, agents, interactions, queues: rows, now };
  const act = (agent: Agent, what: AgentAct) =>
    what === "log_out" ? setLeaving(agent) : void acts.setStatus(agent, what);
  return (
    <Page
      title={t("supervisor.title")}
      mark={
        link.downSince > 0 && (
          <Tag tone="warn">{t("supervisor.stale", { at: timeOfDay(link.downSince) })}</Tag>
        )
      }
      actions={
        <>
          <Button look="plain" onClick={() => acts.go("/supervisor/blocks")}>
            {t("talk.block.page")}
          </Button>
          <Button look="plain" onClick={() => acts.go("/supervisor/offers")}>
            {t("supervisor.offers.title")}
          </Button>
        </>
      }
    >
      <Tiles totals={totals(rows, Object.values(agents))} now={now} to={liveUrl} />
      <div className={styles.columns}>
        <section className={styles.column}>
          <h2 className={styles.heading}>{t("supervisor.queues")}</h2>
          <QueueTable
            rows={rows}
            now={now}
            to={(queue, stage) => liveUrl({ agents: shown.agents, queue, stage })}
            today={(queue, state) =>
              `/agent/interactions?${new URLSearchParams({ queue, state, since: "today" })}`
            }
          />
        </section>
        <AgentSection {...floorNow} onAct={act} />
      </div>
      <InteractionSection
        {...floorNow}
        onWatch={(i) => acts.go(`/supervisor/monitor/${i.id}`)}
        onClose={setClosing}
      />
      <LogOutDialog agent={leaving} onClose={() => setLeaving(null)} onConfirm={acts.logOut} />
      <CloseDialog interaction={closing} onClose={() => setClosing(null)} onConfirm={acts.close} />
    </Page>
  );
}
