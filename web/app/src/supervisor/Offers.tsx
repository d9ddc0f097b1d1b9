import type { PersonRef, Ref } from "@parley/protocol";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "wouter";
import { keys } from "../api/query";
import { clock, dateTime } from "../i18n/format";
import { useFloor, useLive } from "../live/floor";
import { Filters } from "../parts/Filters";
import { PagedTable } from "../parts/PagedTable";
import { usePages } from "../parts/usePages";
import type { Column } from "../ui/DataTable";
import { EmptyState } from "../ui/EmptyState";
import { Page } from "../ui/Page";
import styles from "./Live.module.css";

/** OfferRow is one presentation and how it ended. */
export type OfferRow = {
  id: string;
  interaction_id: string;
  number: number;
  attempt: number;
  agent: PersonRef;
  queue: Ref;
  state: "pending" | "accepted" | "rejected" | "timed_out" | "withdrawn" | "abandoned";
  made_at: number;
  until: number;
  ended_at: number;
};

/** Offers lists what was offered to whom and how it ended; each line opens its reason. Source: RTE-10. */
export function Offers() {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const agents = Object.values(useLive((l) => l.agents));
  const queues = useFloor((w) => w.gauges)?.queues ?? [];
  const query = {
    agent: search.get("agent") ?? "",
    queue: search.get("queue") ?? "",
    interaction: search.get("interaction") ?? "",
  };
  const pages = usePages<OfferRow>(keys.offers(), "/api/offers", query);
  const columns: Column<OfferRow>[] = [
    { key: "made", head: t("supervisor.offers.made"), cell: (o) => dateTime(o.made_at) },
    { key: "agent", head: t("supervisor.offers.agent"), cell: (o) => o.agent.display_name },
    { key: "queue", head: t("supervisor.offers.queue"), cell: (o) => o.queue.name },
    {
      key: "number",
      head: t("supervisor.interaction.number"),
      cell: (o) => t("supervisor.number", { n: o.number }),
    },
    { key: "state", head: t("supervisor.offers.ended"), cell: (o) => <Ended state={o.state} /> },
    {
      key: "after",
      head: t("supervisor.offers.after"),
      end: true,
      extra: true,
      cell: (o) => (o.ended_at > 0 ? clock(o.ended_at - o.made_at) : t("supervisor.none")),
    },
  ];
  return (
    <Page
      title={t("supervisor.offers.title")}
      about={t("supervisor.offers.about")}
      back={{ href: "/supervisor", label: t("supervisor.title") }}
    >
      <Filters
        fields={[
          {
            name: "agent",
            label: t("supervisor.offers.agent"),
            options: agents.map((a) => [a.id, a.display_name]),
          },
          { name: "queue", label: t("supervisor.offers.queue"), options: queues.map((q) => [q.id, q.name]) },
        ]}
        chips={query.interaction ? [{ name: "interaction", label: t("supervisor.offers.one") }] : []}
      />
      <PagedTable
        label={t("supervisor.offers.title")}
        columns={columns}
        pages={pages}
        href={(o) => `/supervisor/offers/${o.id}`}
        empty={
          <EmptyState
            icon="bell"
            title={t("supervisor.offers.none")}
            text={t("supervisor.offers.noneText")}
          />
        }
      />
    </Page>
  );
}

function Ended({ state }: { state: OfferRow["state"] }) {
  const { t } = useTranslation();
  const tones: Partial<Record<OfferRow["state"], string>> = {
    accepted: "active",
    timed_out: "queued",
    pending: "offered",
  };
  return (
    <span className={styles.stage} data-stage={tones[state]}>
      {t(`supervisor.offers.state.${state}`)}
    </span>
  );
}
