import { Select, Textarea, TextInput } from "@mantine/core";
import type { Case } from "@parley/protocol";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useLocation, useSearchParams } from "wouter";
import { api } from "../api/client";
import { keys } from "../api/query";
import { dateTime } from "../i18n/format";
import { useLive } from "../live/floor";
import { EditorForm } from "../parts/editor/EditorForm";
import { type Editor, useEditor } from "../parts/editor/useEditor";
import { useFault } from "../parts/editor/useFault";
import { Loaded } from "../parts/Loaded";
import { Button } from "../ui/Button";
import { Card } from "../ui/Card";
import { Icon } from "../ui/Icon";
import { Page } from "../ui/Page";
import { Tag } from "../ui/Tag";
import { toast } from "../ui/toast";
import { CaseField } from "./CaseField";
import { CustomerField } from "./CustomerField";
import styles from "./Record.module.css";
import { useDoing } from "./useDoing";
import { useRecord } from "./useRecord";
import { dayField, momentOf, type Task, taskInput, taskKinds, timeField, usePeople } from "./work";

/** Until when something is to be done that says nothing else. Unit: milliseconds. */
const aDay = 86_400_000;

/** TaskPage is one task. Source: CRM-04. */
export function TaskPage({ id }: { id: string }) {
  const { t } = useTranslation();
  const me = useLive((l) => l.me);
  const [search] = useSearchParams();
  const ofCase = search.get("case");
  const query = useRecord(keys.tasks(id, ofCase), async (): Promise<Task> => {
    if (id !== "new") return api.get<Task>(`/api/tasks/${id}`);
    const found = ofCase ? await api.get<Case>(`/api/cases/${ofCase}`) : null;
    return {
      id: "",
      kind: "call",
      subject: "",
      notes: "",
      case: found && { id: found.id, number: found.number },
      customer: found?.customer ?? null,
      owner: me.id ? { id: me.id, display_name: me.display_name } : null,
      due_at: momentOf(dayField(Date.now() + aDay), "17:00"),
      done_at: 0,
      overdue: false,
      created_at: 0,
      rev: 0,
    };
  });
  return (
    <Loaded query={query} back={{ href: "/agent/tasks", label: t("nav.tasks") }}>
      {(saved) => <TaskForm saved={saved} />}
    </Loaded>
  );
}

function TaskForm({ saved }: { saved: Task }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const client = useQueryClient();
  const doing = useDoing(saved.id);
  const back = saved.case ? `/agent/cases/${saved.case.id}` : "/agent/tasks";
  const editor = useEditor<Task>({
    path: "/api/tasks",
    saved,
    root: keys.tasks(),
    body: taskInput,
    onMade: () => go(back, { replace: true }),
    onRemoved: () => {
      go(back, { replace: true });
      toast(t("cases.task.removed"), "good", {
        label: t("cases.task.undo"),
        run: () => void undo(),
        of: [saved.id],
      });
    },
  });
  const undo = () =>
    doing(async () => {
      await api.post(`/api/tasks/${saved.id}/restoration`);
      await client.invalidateQueries({ queryKey: keys.tasks() });
    }, t("cases.task.restored"));
  const done = saved.done_at > 0;
  return (
    <Page
      title={saved.id ? saved.subject : t("cases.task.new")}
      mark={
        <>
          {saved.overdue && <Tag tone="warn">{t("cases.task.overdue")}</Tag>}
          {done && <Tag tone="ok">{t("cases.task.done")}</Tag>}
        </>
      }
      about={done ? `${t("cases.task.doneAt")} ${dateTime(saved.done_at)}` : undefined}
      back={{ href: back, label: saved.case ? t("cases.number", { n: saved.case.number }) : t("nav.tasks") }}
      actions={
        saved.id && (
          <Button
            icon={<Icon name="check" size={16} />}
            busy={editor.busy}
            onClick={() => void editor.save({ done_at: done ? 0 : 1 })}
          >
            {t(done ? "cases.task.reopen" : "cases.task.finish")}
          </Button>
        )
      }
    >
      <EditorForm
        editor={editor}
        label={(field) => t(`cases.task.field.${field}` as "cases.task.field.subject")}
        remove={{
          name: saved.subject,
          text: t("cases.task.removeText"),
          verb: t("cases.task.remove"),
          reversible: true,
        }}
      >
        <Fields editor={editor} />
      </EditorForm>
    </Page>
  );
}

function Fields({ editor }: { editor: Editor<Task> }) {
  const { t } = useTranslation();
  const fault = useFault(editor.error);
  const { draft, set } = editor;
  const people = usePeople(draft.owner);
  return (
    <Card>
      <div className={styles.fields}>
        <TextInput
          className={styles.whole}
          label={t("cases.task.subject")}
          value={draft.subject}
          error={fault("subject")}
          data-autofocus
          onChange={(e) => set({ subject: e.currentTarget.value })}
        />
        <Select
          label={t("cases.task.kind")}
          data={taskKinds.map((value) => ({ value, label: t(`cases.task.kinds.${value}`) }))}
          value={draft.kind}
          allowDeselect={false}
          onChange={(kind) => kind && set({ kind: kind as Task["kind"] })}
        />
        <Select
          label={t("cases.task.owner")}
          data={people}
          value={draft.owner?.id ?? null}
          allowDeselect={false}
          searchable
          error={fault("owner_id")}
          onChange={(id) => {
            const one = people.find((p) => p.value === id);
            if (one) set({ owner: { id: one.value, display_name: one.label } });
          }}
        />
        <TextInput
          type="date"
          label={t("cases.task.dueDay")}
          value={dayField(draft.due_at)}
          error={fault("due_at")}
          onChange={(e) => set({ due_at: momentOf(e.currentTarget.value, timeField(draft.due_at)) })}
        />
        <TextInput
          type="time"
          label={t("cases.task.dueTime")}
          value={timeField(draft.due_at)}
          onChange={(e) => set({ due_at: momentOf(dayField(draft.due_at), e.currentTarget.value) })}
        />
        <CaseField task={draft} error={fault("case_id")} onChange={set} />
        {!draft.case && (
          <CustomerField
            label={t("cases.task.customer")}
            value={draft.customer ?? null}
            error={fault("customer_id")}
            onChange={(customer) => set({ customer })}
          />
        )}
        <Textarea
          className={styles.whole}
          label={t("cases.task.notes")}
          value={draft.notes}
          error={fault("notes")}
          autosize
          minRows={3}
          maxRows={16}
          onChange={(e) => set({ notes: e.currentTarget.value })}
        />
      </div>
      {draft.case && (
        <Link href={`/agent/cases/${draft.case.id}`}>{t("cases.number", { n: draft.case.number })}</Link>
      )}
      {draft.customer && <Link href={`/agent/customers/${draft.customer.id}`}>{draft.customer.name}</Link>}
    </Card>
  );
}
