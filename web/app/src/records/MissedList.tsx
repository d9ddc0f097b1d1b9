import { useTranslation } from "react-i18next";
import { useSearchParams } from "wouter";
import { keys } from "../api/query";
import { dateTime } from "../i18n/format";
import { Filters } from "../parts/Filters";
import { PagedTable } from "../parts/PagedTable";
import { usePages } from "../parts/usePages";
import type { Column } from "../ui/DataTable";
import { EmptyState } from "../ui/EmptyState";
import { Page } from "../ui/Page";
import { MissedTag } from "./MissedTag";
import { nameOf } from "./names";
import styles from "./Record.module.css";
import { type Missed, missedKinds, missedStates } from "./types";

/** MissedList is everybody nobody served, until somebody has answered them. */
export function MissedList() {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const query = { state: search.get("state") ?? "", kind: search.get("kind") ?? "" };
  const pages = usePages<Missed>(keys.missed(), "/api/missed", query);
  const columns: Column<Missed>[] = [
    {
      key: "name",
      head: t("records.missed.name"),
      cell: (m) => m.name || m.email || t("records.missed.unnamed"),
    },
    { key: "kind", head: t("records.missed.kind"), cell: (m) => t(`records.missed.kinds.${m.kind}`) },
    {
      key: "text",
      head: t("records.missed.text"),
      extra: true,
      cell: (m) => <span className={styles.clip}>{m.text}</span>,
    },
    { key: "state", head: t("records.missed.state"), cell: (m) => <MissedTag state={m.state} /> },
    { key: "owner", head: t("records.missed.owner"), cell: (m) => nameOf(m.owner) },
    { key: "at", head: t("records.missed.at"), cell: (m) => dateTime(m.created_at) },
  ];
  return (
    <Page title={t("nav.missed")} about={t("records.missed.about")}>
      <Filters
        fields={[
          {
            name: "state",
            label: t("records.missed.state"),
            options: missedStates.map((s) => [s, t(`records.missed.states.${s}`)]),
          },
          {
            name: "kind",
            label: t("records.missed.kind"),
            options: missedKinds.map((k) => [k, t(`records.missed.kinds.${k}`)]),
          },
        ]}
      />
      <PagedTable
        label={t("nav.missed")}
        columns={columns}
        pages={pages}
        href={(m) => `/agent/missed/${m.id}`}
        empty={
          query.state || query.kind ? (
            <EmptyState icon="search" title={t("records.noMatch")} text={t("records.noMatchText")} />
          ) : (
            <EmptyState icon="check" title={t("records.missed.none")} text={t("records.missed.noneText")} />
          )
        }
      />
    </Page>
  );
}
