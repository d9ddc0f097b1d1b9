import type { Talked } from "@parley/protocol";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "wouter";
import { keys } from "../api/query";
import { floor, useFloor, useLive, useMe } from "../live/floor";
import { ColumnsMenu, useColumns } from "../parts/Columns";
import { ExportLink } from "../parts/ExportLink";
import { Filters } from "../parts/Filters";
import { PagedTable } from "../parts/PagedTable";
import { usePages } from "../parts/usePages";
import { EmptyState } from "../ui/EmptyState";
import { Page } from "../ui/Page";
import { channelFilter } from "./channelFilter";
import { dayBounds } from "./days";
import { interactionColumns } from "./interactionColumns";
import { SavedLists } from "./SavedLists";

/** The states a list can be narrowed to: those things end in. */
const ends = [
  "logged",
  "abandoned",
  "short_abandoned",
  "skipped",
  "offline",
  "queue_timeout",
  "diverted",
] as const;

/** InteractionList finds interactions; agents see their own, supervisors all. Source: MON-06. */
export function InteractionList() {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const me = useMe();
  const agents = Object.values(useLive((l) => l.agents));
  const queues = useFloor((w) => w.gauges)?.queues ?? me.queues;
  const { since, query } = readQuery(search, me.zone);
  const pages = usePages<Talked>(keys.interactions(), "/api/interactions", query);
  const all = interactionColumns(t);
  const columns = useColumns("interactions", all);
  const supervises = me.permissions.includes("supervise");
  const narrowed = Object.values(query).some(Boolean);
  return (
    <Page
      title={t("records.interaction.title")}
      actions={
        <>
          <SavedLists list="interactions" />
          <ColumnsMenu list="interactions" all={all} />
          <ExportLink base="/api/interactions/export" query={query} />
        </>
      }
      about={supervises ? t("records.interaction.all") : t("records.interaction.own")}
    >
      <Filters
        fields={[
          {
            name: "state",
            label: t("records.interaction.state"),
            options: ends.map((s) => [s, t(`state.${s}`)]),
          },
          {
            name: "queue",
            label: t("records.interaction.queue"),
            options: queues.map((q) => [q.id, q.name]),
          },
          channelFilter(t),
          ...(supervises
            ? [
                {
                  name: "agent",
                  label: t("records.interaction.agent"),
                  options: agents.map((a) => [a.id, a.display_name] as const),
                },
              ]
            : []),
        ]}
        dates={[
          { name: "from", label: t("records.from") },
          { name: "to", label: t("records.to") },
        ]}
        chips={since ? [{ name: "since", label: t("records.today") }] : []}
      />
      <PagedTable
        label={t("records.interaction.title")}
        columns={columns}
        pages={pages}
        href={(i) => `/agent/interactions/${i.id}`}
        empty={
          narrowed ? (
            <EmptyState icon="search" title={t("records.noMatch")} text={t("records.noMatchText")} />
          ) : (
            <EmptyState
              icon="history"
              title={t("records.interaction.none")}
              text={t("records.interaction.noneText")}
            />
          )
        }
      />
    </Page>
  );
}

/** readQuery reads the filters of the address; days are those of the center. */
function readQuery(search: URLSearchParams, zone: string) {
  const since = search.get("since") === "today" ? dayBounds(floor.now(), zone).today : "";
  const from = search.get("from") ?? since;
  const to = search.get("to") ?? "";
  const query = {
    state: search.get("state") ?? "",
    queue: search.get("queue") ?? "",
    agent: search.get("agent") ?? "",
    channel: search.get("channel") ?? "",
    from: from ? dayBounds(from, zone).start : "",
    to: to ? dayBounds(to, zone).end : "",
  };
  return { since, query };
}
