import type { Case, Page } from "@parley/protocol";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "../api/client";
import { keys } from "../api/query";
import { FindField, useAsking } from "./FindField";
import type { Task } from "./work";

interface CaseFieldProps {
  task: Task;
  error: string | undefined;
  onChange: (change: Pick<Task, "case"> & Partial<Task>) => void;
}

/** CaseField chooses the case that a task is about, by number or customer: those of the task's customer, else the newest. The customer of the case becomes the task's. Source: CRM-04. */
export function CaseField({ task, error, onChange }: CaseFieldProps) {
  const { t } = useTranslation();
  const asking = useAsking();
  const query = { q: asking.asked, customer: asking.asked ? "" : (task.customer?.id ?? ""), limit: 20 };
  const { data } = useQuery({
    queryKey: keys.cases("choices", query),
    queryFn: ({ signal }) => api.get<Page<Case>>("/api/cases", query, signal),
    enabled: asking.text !== null,
    placeholderData: (before) => before,
  });
  const named = (c: { number: number }) => t("cases.number", { n: c.number });
  return (
    <FindField
      label={t("cases.task.case")}
      placeholder={t("records.case.search")}
      value={task.case ? named(task.case) : ""}
      error={error}
      asking={asking}
      found={data?.items.map((c) => ({
        id: c.id,
        label: [named(c), c.subject, c.customer?.name].filter(Boolean).join(" · "),
      }))}
      nothing={t("cases.task.noCase")}
      clear={t("cases.task.withoutCase")}
      onChange={(id) => {
        const one = data?.items.find((c) => c.id === id);
        onChange(one ? { case: { id: one.id, number: one.number }, customer: one.customer } : { case: null });
      }}
    />
  );
}
