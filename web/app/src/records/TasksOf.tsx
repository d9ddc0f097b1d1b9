import type { Case } from "@parley/protocol";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { keys } from "../api/query";
import { PagedTable } from "../parts/PagedTable";
import { usePages } from "../parts/usePages";
import { EmptyState } from "../ui/EmptyState";
import styles from "./Record.module.css";
import { taskColumns } from "./TaskList";
import type { Task } from "./work";

/** TasksOf is what is to be done about a case. Source: CRM-04. */
export function TasksOf({ record }: { record: Case }) {
  const { t } = useTranslation();
  const pages = usePages<Task>(keys.tasks("case", record.id), "/api/tasks", { case: record.id });
  return (
    <section className={styles.section}>
      <div className={styles.heading}>
        <h2>{t("cases.task.title")}</h2>
        <Link className={styles.screen} href={`/agent/tasks/new?case=${record.id}`}>
          {t("cases.task.new")}
        </Link>
      </div>
      <PagedTable
        label={t("cases.task.title")}
        columns={taskColumns(t).filter((c) => c.key !== "customer" && c.key !== "case")}
        pages={pages}
        href={(k) => `/agent/tasks/${k.id}`}
        empty={<EmptyState icon="check" title={t("cases.task.noneOf")} />}
      />
    </section>
  );
}
