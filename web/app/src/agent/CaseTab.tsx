import { Select, Textarea, TextInput } from "@mantine/core";
import type { Case, Interaction, Me, Note } from "@parley/protocol";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { api } from "../api/client";
import { keys } from "../api/query";
import { timeOfDay } from "../i18n/format";
import { useLive } from "../live/floor";
import { EditorForm } from "../parts/editor/EditorForm";
import { useEditor } from "../parts/editor/useEditor";
import { useFault } from "../parts/editor/useFault";
import { Loaded } from "../parts/Loaded";
import { Button } from "../ui/Button";
import { Icon } from "../ui/Icon";
import css from "./Context.module.css";

interface CaseTabProps {
  interaction: Interaction;
  me: Me;
  onSaveToCrm: () => void;
  onChooseCustomer: () => void;
}

/** opensFor says whether a log opens to edit: by autolog.pop, or, on "auto", while nobody is linked (CRM-10). */
export function opensFor(pop: Me["autolog"]["pop"], linked: boolean): "view" | "edit" {
  if (pop === "edit" || pop === "view") return pop;
  return linked ? "view" : "edit";
}

/** CaseTab is the interaction's chat log, to view or edit (CRM-10 to CRM-12). */
export function CaseTab({ interaction: i, me, onSaveToCrm, onChooseCustomer }: CaseTabProps) {
  const { t } = useTranslation();
  const id = i.case?.id ?? "";
  const linked = i.case?.customer_id ?? "";
  const query = useQuery({
    queryKey: keys.cases(id, linked),
    queryFn: () => api.get<Case>(`/api/cases/${id}`),
    enabled: id !== "",
  });
  const notes = useLive((l) => l.notes[i.id]) ?? [];
  const [mode, setMode] = useState(() => opensFor(me.autolog.pop, (linked || i.customer.id) !== ""));
  if (!id) {
    return (
      <div className={css.tab}>
        <p className={css.quiet}>{t("agent.crm.none")}</p>
        <Written notes={notes} />
        <Button look="main" icon={<Icon name="folder" size={16} />} onClick={onSaveToCrm}>
          {t("agent.crm.save")}
        </Button>
      </div>
    );
  }
  return (
    <Loaded query={query}>
      {(saved) => (
        <div className={css.tab}>
          <header className={css.head}>
            <h2 className={css.title}>{t("agent.crm.case", { n: saved.number })}</h2>
            <Button size="xs" onClick={() => setMode(mode === "view" ? "edit" : "view")}>
              {t(mode === "view" ? "action.edit" : "agent.crm.view")}
            </Button>
          </header>
          <p className={css.quiet}>
            {saved.customer ? (
              <Link href={`/agent/customers/${saved.customer.id}`}>{saved.customer.name}</Link>
            ) : (
              <Button size="xs" look="main" onClick={onChooseCustomer}>
                {t("agent.crm.chooseCustomer")}
              </Button>
            )}
          </p>
          {mode === "view" ? (
            <LogView saved={saved} noted={notes.length > 0} />
          ) : (
            <LogForm key={saved.id} saved={saved} />
          )}
          <Written notes={notes} />
          <Link href={`/agent/cases/${saved.id}`}>{t("agent.crm.open")}</Link>
        </div>
      )}
    </Loaded>
  );
}

/** Written lists the notes colleagues wrote beside the conversation; no customer sees them (CRM-08). */
export function Written({ notes }: { notes: Note[] }) {
  const { t } = useTranslation();
  if (notes.length === 0) return null;
  return (
    <section aria-label={t("agent.crm.internal")}>
      <h3 className={css.quiet}>{t("agent.crm.internal")}</h3>
      <ul className={css.rows}>
        {notes.map((n) => (
          <li key={n.id}>
            <p className={css.notes} dir="auto">
              {n.text}
            </p>
            <span>{t("message.at", { name: n.agent?.display_name ?? "", time: timeOfDay(n.at) })}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function LogView({ saved, noted }: { saved: Case; noted: boolean }) {
  const { t } = useTranslation();
  return (
    <dl className={css.facts}>
      <dt>{t("agent.crm.status")}</dt>
      <dd>{t(`case.${saved.draft ? "draft" : saved.status}`)}</dd>
      <dt>{t("agent.crm.subject")}</dt>
      <dd>{saved.subject || t("agent.record.noSubject")}</dd>
      {(saved.notes || !noted) && (
        <>
          <dt>{t("agent.crm.notes")}</dt>
          <dd className={css.notes}>{saved.notes || t("agent.crm.noNotes")}</dd>
        </>
      )}
    </dl>
  );
}

function LogForm({ saved }: { saved: Case }) {
  const { t } = useTranslation();
  const editor = useEditor({
    path: "/api/cases",
    saved,
    root: keys.cases(),
    body: ({ customer, status, draft, subject, notes, rev }) => ({
      customer_id: customer?.id ?? "",
      status,
      draft,
      subject,
      notes,
      rev,
    }),
    onMade: () => undefined,
  });
  const fault = useFault(editor.error);
  const { draft, set } = editor;
  return (
    <EditorForm
      editor={editor}
      label={(field) => t(`agent.crm.${field}` as "agent.crm.subject")}
      final={{ draft: false }}
      extra={
        <Button busy={editor.busy} onClick={() => void editor.save({ draft: true })}>
          {t("action.saveDraft")}
        </Button>
      }
    >
      <TextInput
        label={t("agent.crm.subject")}
        value={draft.subject}
        error={fault("subject")}
        onChange={(e) => set({ subject: e.currentTarget.value })}
      />
      <Select
        label={t("agent.crm.status")}
        allowDeselect={false}
        data={[
          { value: "open", label: t("case.open") },
          { value: "closed", label: t("case.closed") },
        ]}
        value={draft.status}
        onChange={(v) => v && set({ status: v as Case["status"] })}
      />
      <Textarea
        label={t("agent.crm.notes")}
        autosize
        minRows={3}
        maxRows={10}
        value={draft.notes}
        error={fault("notes")}
        onChange={(e) => set({ notes: e.currentTarget.value })}
      />
    </EditorForm>
  );
}
