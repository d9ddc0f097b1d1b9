import { SegmentedControl } from "@mantine/core";
import type { Agent, Interaction } from "@parley/protocol";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "wouter";
import { floor, useFloor, useLive } from "../live/floor";
import { useNow } from "../parts/useNow";
import { Button } from "../ui/Button";
import { Page } from "../ui/Page";
import type { AgentAct } from "./AgentMenu";
import { AgentTable } from "./AgentTable";
import {
  type AgentFilter,
  agentRows,
  type Filter,
  holder,
  listed,
  queueRows,
  type Stage,
  stages,
  totals,
} from "./board";
import { CloseDialog } from "./CloseDialog";
import { InteractionTable } from "./InteractionTable";
import styles from "./Live.module.css";
import { LogOutDialog } from "./LogOutDialog";
import { QueueTable } from "./QueueTable";
import { Tiles } from "./Tiles";
import { useActs } from "./useActs";

const here = "/supervisor";

/** liveUrl is the address of the live page with its lists narrowed. */
export function liveUrl(filter: Partial<Filter & { agents: AgentFilter }>): string {
  const kept = Object.entries(filter).filter(([, value]) => value) as [string, string][];
  const text = new URLSearchParams(kept).toString();
  return text ? `${here}?${text}` : here;
}

/** Live is the floor as it is now: queues, agents, interactions. Source: MON-01, MON-02. */
export function Live() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const agents = useLive((l) => l.agents);
  const interactions = Object.values(useLive((l) => l.interactions));
  const gauges = useFloor((w) => w.gauges);
  const now = useNow(floor.now);
  const acts = useActs();
  const [leaving, setLeaving] = useState<Agent | null>(null);
  const [closing, setClosing] = useState<Interaction | null>(null);

  const filter: Filter = {
    stage: (stages as readonly string[]).includes(search.get("stage") ?? "")
      ? (search.get("stage") as Stage)
      : "",
    queue: search.get("queue") ?? "",
    agent: search.get("agent") ?? "",
  };
  const show = (search.get("agents") as AgentFilter | null) ?? "here";
  const rows = queueRows(gauges, interactions, now);
  const change = (part: Partial<Filter>) => liveUrl({ ...filter, agents: show, ...part });
  const act = (agent: Agent, what: AgentAct) =>
    what === "log_out" ? setLeaving(agent) : void acts.setStatus(agent, what);

  return (
    <Page
      title={t("supervisor.title")}
      actions={
        <Button look="plain" onClick={() => acts.go("/supervisor/offers")}>
          {t("supervisor.offers.title")}
        </Button>
      }
    >
      <Tiles totals={totals(rows, Object.values(agents))} now={now} to={liveUrl} />
      <div className={styles.columns}>
        <section className={styles.column}>
          <h2 className={styles.heading}>{t("supervisor.queues")}</h2>
          <QueueTable
            rows={rows}
            now={now}
            to={(queue, stage) => liveUrl({ agents: show, queue, stage })}
            today={(queue, state) =>
              `/agent/interactions?${new URLSearchParams({ queue, state, since: "today" })}`
            }
          />
        </section>
        <section className={styles.column}>
          <div className={styles.bar}>
            <h2 className={styles.heading}>{t("supervisor.agents")}</h2>
            <SegmentedControl
              size="xs"
              aria-label={t("supervisor.agent.show")}
              value={show}
              onChange={(value) =>
                setSearch((s) => ({ ...Object.fromEntries(s), agents: value }), { replace: true })
              }
              data={(["here", "free", "all"] as const).map((value) => ({
                value,
                label: t(`supervisor.show.${value}`),
              }))}
            />
          </div>
          <AgentTable
            rows={agentRows(Object.values(agents), show)}
            now={now}
            holding={(id) => interactions.filter((i) => holder(i) === id).map((i) => i.customer.name)}
            to={(agent) => liveUrl({ agents: show, agent })}
            onAct={act}
          />
        </section>
      </div>
      <section className={styles.column}>
        <div className={styles.bar}>
          <h2 className={styles.heading}>{t("supervisor.interactions")}</h2>
          <SegmentedControl
            size="xs"
            aria-label={t("supervisor.interaction.state")}
            value={filter.stage || "all"}
            onChange={(value) => acts.go(change({ stage: value === "all" ? "" : (value as Stage) }))}
            data={["all", ...stages].map((value) => ({
              value,
              label: `${t(`supervisor.stage.${value as Stage}`)} ${listed(interactions, { ...filter, stage: value === "all" ? "" : (value as Stage) }).length}`,
            }))}
          />
          {filter.queue && (
            <Chip label={rows.find((q) => q.id === filter.queue)?.name ?? ""} href={change({ queue: "" })} />
          )}
          {filter.agent && (
            <Chip label={agents[filter.agent]?.display_name ?? ""} href={change({ agent: "" })} />
          )}
        </div>
        <InteractionTable
          rows={listed(interactions, filter)}
          now={now}
          agentName={(id) => agents[id]?.display_name ?? ""}
          onWatch={(i) => acts.go(`/supervisor/monitor/${i.id}`)}
          onClose={setClosing}
        />
      </section>
      <LogOutDialog agent={leaving} onClose={() => setLeaving(null)} onConfirm={acts.logOut} />
      <CloseDialog interaction={closing} onClose={() => setClosing(null)} onConfirm={acts.close} />
    </Page>
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
