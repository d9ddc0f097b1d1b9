import { Select, Textarea, TextInput } from "@mantine/core";
import type { Case, Customer, Interaction, Me, Note, Ref } from "@parley/protocol";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
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
import { CustomerSearch } from "./CustomerSearch";
import { forgetLog, keepLog, logOf } from "./logs";
import { opensFor, popOf } from "./pop";

interface CaseTabProps {
  interaction: Interaction;
  me: Me;
  onSaveToCrm: () => void;
  onChooseCustomer: () => void;
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
  const [mode, setMode] = useState(() => opensFor(popOf(i, me), (linked || i.customer.id) !== ""));
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
          {saved.customer && (
            <p className={css.quiet}>
              <Link href={`/agent/customers/${saved.customer.id}`}>
                {saved.customer.name || i.customer.name}
              </Link>
            </p>
          )}
          {!saved.customer && mode === "view" && (
            <p>
              <Button size="xs" look="main" onClick={onChooseCustomer}>
                {t("agent.crm.chooseCustomer")}
              </Button>
            </p>
          )}
          {mode === "view" ? (
            <LogView saved={saved} noted={notes.length > 0} />
          ) : (
            <LogForm key={saved.id} saved={saved} me={me} />
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

/** LogForm edits a log. What is typed stays in this browser until it is saved: no failure and no crash loses it. */
function LogForm({ saved, me }: { saved: Case; me: Me }) {
  const { t } = useTranslation();
  const [start] = useState(() => logOf(me.id, saved));
  const editor = useEditor({
    path: "/api/cases",
    saved,
    root: keys.cases(),
    start,
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
  const { base, draft, set, dirty } = editor;
  useEffect(() => {
    if (dirty) keepLog(me.id, { base, draft });
    else forgetLog(me.id, draft.id);
  }, [me.id, dirty, base, draft]);
  return (
    <EditorForm
      editor={editor}
      label={(field) => t(`agent.crm.${field}` as "agent.crm.subject")}
      show={(field, value) => (field === "customer" ? (value as Case["customer"])?.name : undefined)}
      final={{ draft: false }}
      unfinished={!saved.customer}
      extra={
        <Button busy={editor.busy} onClick={() => void editor.save({ draft: true })}>
          {t("action.saveDraft")}
        </Button>
      }
    >
      {draft.customer && !saved.customer && (
        <p className={css.head}>
          {draft.customer.name}
          <Button size="xs" onClick={() => set({ customer: null })}>
            {t("agent.match.change")}
          </Button>
        </p>
      )}
      {!draft.customer && (
        <LogCustomer
          missing={editor.error?.code === "customer_required"}
          onChoose={(customer) => set({ customer })}
        />
      )}
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

/** LogCustomer asks whose log it is; the one just created stands first (CRM-11, F041, F043). */
function LogCustomer({ missing, onChoose }: { missing: boolean; onChoose: (customer: Ref) => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const choose = async (id: string) => {
    const c = await client.fetchQuery({
      queryKey: keys.customers(id),
      queryFn: () => api.get<Customer>(`/api/customers/${id}`),
    });
    onChoose({ id, name: `${c.first_name} ${c.last_name}`.trim() });
  };
  return (
    <section aria-label={t("agent.crm.chooseCustomer")} data-missing={missing || undefined}>
      <h3 className={css.title}>{t("agent.crm.chooseCustomer")}</h3>
      <CustomerSearch
        few
        onChoose={(id) => void choose(id)}
        {...(missing ? { wrong: t("error.customer_required") } : {})}
      />
    </section>
  );
}
