import type { Case } from "@parley/protocol";
import { useTranslation } from "react-i18next";
import { useLocation, useSearchParams } from "wouter";
import { keys } from "../api/query";
import type { T } from "../i18n";
import { dateTime } from "../i18n/format";
import { ColumnsMenu, useColumns } from "../parts/Columns";
import { ExportLink } from "../parts/ExportLink";
import { Filters } from "../parts/Filters";
import { PagedTable } from "../parts/PagedTable";
import { useChosen } from "../parts/useChosen";
import { usePages } from "../parts/usePages";
import { Button } from "../ui/Button";
import type { Column } from "../ui/DataTable";
import { EmptyState } from "../ui/EmptyState";
import { Icon } from "../ui/Icon";
import { Page } from "../ui/Page";
import { Tag } from "../ui/Tag";
import { CaseEdits } from "./CaseEdits";
import { channelFilter } from "./channelFilter";
import { nameOf } from "./names";
import { SavedLists } from "./SavedLists";

/** caseColumns is how every list of cases looks. */
export function caseColumns(t: T): Column<Case>[] {
  return [
    {
      key: "subject",
      head: t("records.case.subject"),
      cell: (c) => c.subject || t("records.case.untitled"),
    },
    {
      key: "number",
      head: t("records.case.number"),
      end: true,
      cell: (c) => t("records.number", { n: c.number }),
    },
    {
      key: "customer",
      head: t("records.case.customer"),
      cell: (c) =>
        c.customer ? (
          c.customer.name || t("records.customer.unnamed")
        ) : (
          <Tag tone="warn">{t("records.case.unlinked")}</Tag>
        ),
    },
    {
      key: "status",
      head: t("records.case.status"),
      cell: (c) =>
        c.draft ? (
          <Tag tone="warn">{t("case.draft")}</Tag>
        ) : (
          <Tag tone={c.status === "open" ? "info" : "plain"}>{t(`case.${c.status}`)}</Tag>
        ),
    },
    { key: "agent", head: t("records.case.agent"), extra: true, cell: (c) => nameOf(c.agent) },
    { key: "updated", head: t("records.updated"), cell: (c) => dateTime(c.updated_at) },
  ];
}

/** CaseList finds cases: open ones, drafts to finish, chat logs nobody linked yet. Source: CRM-03, CRM-11. */
export function CaseList() {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const [search] = useSearchParams();
  const query = {
    q: search.get("q") ?? "",
    status: search.get("status") ?? "",
    draft: search.get("draft") ?? "",
    unlinked: search.get("unlinked") ?? "",
    customer: search.get("customer") ?? "",
    mine: search.get("mine") ?? "",
    channel: search.get("channel") ?? "",
  };
  const pages = usePages<Case>(keys.cases(), "/api/cases", query);
  const all = caseColumns(t);
  const columns = useColumns("cases", all);
  const chosen = useChosen(pages.items);
  const ticks = {
    ...chosen,
    labelAll: t("cases.edits.all"),
    label: (id: string) => {
      const one = pages.items.find((c) => c.id === id);
      return t("cases.edits.one", { n: one?.number ?? 0, subject: one?.subject ?? "" });
    },
  };
  const narrowed = Object.values(query).some(Boolean);
  return (
    <Page
      title={t("nav.cases")}
      actions={
        <>
          <SavedLists list="cases" />
          <ColumnsMenu list="cases" all={all} />
          <ExportLink base="/api/cases/export" query={query} />
          <Button look="main" icon={<Icon name="plus" size={16} />} onClick={() => go("/agent/cases/new")}>
            {t("records.case.new")}
          </Button>
        </>
      }
    >
      <Filters
        search={t("records.case.search")}
        fields={[
          {
            name: "status",
            label: t("records.case.status"),
            options: [
              ["open", t("case.open")],
              ["closed", t("case.closed")],
            ],
          },
          {
            name: "draft",
            label: t("records.case.drafts"),
            options: [
              ["mine", t("records.case.draftsMine")],
              ["all", t("records.case.draftsAll")],
            ],
          },
          {
            name: "unlinked",
            label: t("records.case.link"),
            options: [["true", t("records.case.unlinked")]],
          },
          { name: "mine", label: t("cases.assignee"), options: [["true", t("cases.mine")]] },
          channelFilter(t),
        ]}
        chips={query.customer ? [{ name: "customer", label: t("records.case.oneCustomer") }] : []}
      />
      <CaseEdits cases={pages.items} chosen={chosen} />
      <PagedTable
        ticks={ticks}
        label={t("nav.cases")}
        columns={columns}
        pages={pages}
        href={(c) => `/agent/cases/${c.id}`}
        empty={
          narrowed ? (
            <EmptyState icon="search" title={t("records.noMatch")} text={t("records.noMatchText")} />
          ) : (
            <EmptyState icon="folder" title={t("records.case.none")} text={t("records.case.noneText")} />
          )
        }
      />
    </Page>
  );
}
