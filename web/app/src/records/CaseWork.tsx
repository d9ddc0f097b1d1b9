import { Select, Textarea } from "@mantine/core";
import type { Case, Page } from "@parley/protocol";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "../api/client";
import { keys } from "../api/query";
import type { Editor } from "../parts/editor/useEditor";
import { useFault } from "../parts/editor/useFault";
import styles from "./Record.module.css";
import { priorities, severities, usePeople, visibilities } from "./work";

/** CaseWork is what people say of a case besides what happened: how bad, how urgent, whose, for whose eyes. Source: CRM-03. */
export function CaseWork({ editor }: { editor: Editor<Case> }) {
  const { t } = useTranslation();
  const fault = useFault(editor.error);
  const { draft, set } = editor;
  const people = usePeople(draft.assignee);
  return (
    <>
      <Select
        label={t("cases.assignee")}
        placeholder={t("cases.nobody")}
        data={people}
        value={draft.assignee?.id ?? null}
        clearable
        searchable
        error={fault("assignee_id")}
        onChange={(id) => {
          const one = people.find((p) => p.value === id);
          set({ assignee: one ? { id: one.value, display_name: one.label } : null });
        }}
      />
      <Select
        label={t("cases.visibility")}
        data={visibilities.map((value) => ({ value, label: t(`cases.visibilities.${value}`) }))}
        value={draft.visibility}
        allowDeselect={false}
        error={fault("visibility")}
        onChange={(v) => v && set({ visibility: v as Case["visibility"] })}
      />
      <Select
        label={t("cases.severity")}
        data={severities.map((value) => ({ value, label: t(`cases.severities.${value}`) }))}
        value={draft.severity}
        allowDeselect={false}
        error={fault("severity")}
        onChange={(v) => v && set({ severity: v as Case["severity"] })}
      />
      <Select
        label={t("cases.priority")}
        data={priorities.map((value) => ({ value, label: t(`cases.priorities.${value}`) }))}
        value={draft.priority}
        allowDeselect={false}
        error={fault("priority")}
        onChange={(v) => v && set({ priority: v as Case["priority"] })}
      />
      {draft.interaction && draft.customer && <Follows editor={editor} customer={draft.customer.id} />}
      <Textarea
        className={styles.whole}
        label={t("cases.description")}
        value={draft.description}
        error={fault("description")}
        autosize
        minRows={2}
        maxRows={16}
        onChange={(e) => set({ description: e.currentTarget.value })}
      />
    </>
  );
}

/** Follows files a chat log under a case of its customer; a closed one opens again by the center's rule. Source: CRM-06. */
function Follows({ editor, customer }: { editor: Editor<Case>; customer: string }) {
  const { t } = useTranslation();
  const fault = useFault(editor.error);
  const { draft, set } = editor;
  const query = useQuery({
    queryKey: keys.customers(customer, "cases", "choices"),
    queryFn: () => api.get<Page<Case>>(`/api/customers/${customer}/cases`, { limit: 100 }),
  });
  const numbers = new Map((query.data?.items ?? []).filter((c) => c.id !== draft.id).map((c) => [c.id, c]));
  const options = [...numbers.values()].map((c) => ({
    value: c.id,
    label: [t("cases.number", { n: c.number }), c.subject].filter(Boolean).join(" · "),
  }));
  if (draft.follows && !numbers.has(draft.follows.id)) {
    options.push({ value: draft.follows.id, label: t("cases.number", { n: draft.follows.number }) });
  }
  return (
    <Select
      className={styles.whole}
      label={t("cases.follows")}
      placeholder={t("cases.followsNone")}
      data={options}
      value={draft.follows?.id ?? null}
      clearable
      searchable
      error={fault("follows_id")}
      onChange={(id) => {
        const one = id ? numbers.get(id) : undefined;
        set({ follows: one ? { id: one.id, number: one.number } : null });
      }}
    />
  );
}
