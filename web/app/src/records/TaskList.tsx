import { useTranslation } from "react-i18next";
import { useLocation, useSearchParams } from "wouter";
import { keys } from "../api/query";
import type { T } from "../i18n";
import { dateTime } from "../i18n/format";
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
import { nameOf } from "./names";
import { TaskEdits } from "./TaskEdits";
import type { Task } from "./work";

/** taskColumns is how every list of tasks looks. */
export function taskColumns(t: T): Column<Task>[] {
  return [
    { key: "subject", head: t("cases.task.subject"), cell: (k) => k.subject },
    {
      key: "due",
      head: t("cases.task.due"),
      cell: (k) => (
        <>
          {dateTime(k.due_at)} {k.overdue && <Tag tone="warn">{t("cases.task.overdue")}</Tag>}
          {k.done_at > 0 && <Tag tone="ok">{t("cases.task.done")}</Tag>}
        </>
      ),
    },
    { key: "kind", head: t("cases.task.kind"), cell: (k) => t(`cases.task.kinds.${k.kind}`) },
    { key: "customer", head: t("cases.task.customer"), extra: true, cell: (k) => nameOf(k.customer) },
    {
      key: "case",
      head: t("cases.task.case"),
      extra: true,
      cell: (k) => (k.case ? t("cases.number", { n: k.case.number }) : ""),
    },
    { key: "owner", head: t("cases.task.owner"), extra: true, cell: (k) => nameOf(k.owner) },
  ];
}

/** TaskList is what is to be done: what is due first stands at the top. Source: CRM-04. */
export function TaskList() {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const [search] = useSearchParams();
  const done = search.get("done") ?? "";
  const pages = usePages<Task>(keys.tasks(), "/api/tasks", { mine: search.get("mine") ?? "", done });
  const chosen = useChosen(pages.items);
  const ticks = {
    ...chosen,
    labelAll: t("cases.task.edits.all"),
    label: (id: string) =>
      t("cases.task.edits.one", { subject: pages.items.find((k) => k.id === id)?.subject ?? "" }),
  };
  return (
    <Page
      title={t("nav.tasks")}
      about={t("cases.task.about")}
      actions={
        <Button look="main" icon={<Icon name="plus" size={16} />} onClick={() => go("/agent/tasks/new")}>
          {t("cases.task.new")}
        </Button>
      }
    >
      <Filters
        fields={[
          { name: "done", label: t("cases.task.show"), options: [["true", t("cases.task.done")]] },
          { name: "mine", label: t("cases.task.whose"), options: [["true", t("cases.task.onlyMine")]] },
        ]}
      />
      <TaskEdits tasks={pages.items} chosen={chosen} />
      <PagedTable
        ticks={ticks}
        label={t("nav.tasks")}
        columns={taskColumns(t)}
        pages={pages}
        href={(k) => `/agent/tasks/${k.id}`}
        empty={
          done ? (
            <EmptyState icon="check" title={t("cases.task.noneDone")} />
          ) : (
            <EmptyState icon="check" title={t("cases.task.none")} text={t("cases.task.noneText")} />
          )
        }
      />
    </Page>
  );
}
