import { Select, Textarea, TextInput } from "@mantine/core";
import type { Case } from "@parley/protocol";
import { useTranslation } from "react-i18next";
import { Link, useLocation, useSearchParams } from "wouter";
import { api } from "../api/client";
import { keys } from "../api/query";
import type { T } from "../i18n";
import { clock, dateTime } from "../i18n/format";
import { DraftButton } from "../parts/editor/DraftButton";
import { EditorForm } from "../parts/editor/EditorForm";
import { type Editor, useEditor } from "../parts/editor/useEditor";
import { useFault } from "../parts/editor/useFault";
import { Facts } from "../parts/Facts";
import { Loaded } from "../parts/Loaded";
import { Card } from "../ui/Card";
import { Page } from "../ui/Page";
import { Tag } from "../ui/Tag";
import { CaseHistory } from "./CaseHistory";
import { CaseWork } from "./CaseWork";
import { CustomerField } from "./CustomerField";
import { CustomFields, labelOf, useRecordFields } from "./CustomFields";
import { FollowUps } from "./FollowUps";
import { fullName, nameOf } from "./names";
import styles from "./Record.module.css";
import { Spoken } from "./Spoken";
import { TasksOf } from "./TasksOf";
import { TranscriptActs } from "./TranscriptActs";
import { useRecord } from "./useRecord";

const blank: Case = {
  id: "",
  rev: 0,
  number: 0,
  customer: null,
  interaction: null,
  status: "open",
  draft: false,
  subject: "",
  notes: "",
  description: "",
  visibility: "everyone",
  severity: "normal",
  priority: "normal",
  assignee: null,
  follows: null,
  agent: null,
  closed_at: 0,
  created_at: 0,
  updated_at: 0,
};

/** inputOf is what is sent of a case: what a person fills in. */
function inputOf(c: Case) {
  const { status, draft, subject, notes, rev, description, visibility, severity, priority, fields } = c;
  return {
    customer_id: c.customer?.id ?? "",
    assignee_id: c.assignee?.id ?? "",
    follows_id: c.follows?.id ?? "",
    ...{ status, draft, subject, notes, rev, description, visibility, severity, priority, fields },
  };
}

/** CasePage is one case; if it logs a chat, with all that was said. Source: CRM-03, CRM-08, CRM-11. */
export function CasePage({ id }: { id: string }) {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const customer = search.get("customer");
  const query = useRecord(keys.cases(id, customer), async (): Promise<Case> => {
    if (id !== "new") return api.get<Case>(`/api/cases/${id}`);
    if (!customer) return blank;
    const found = await api.get<{ id: string; first_name: string; last_name: string }>(
      `/api/customers/${customer}`,
    );
    return { ...blank, customer: { id: found.id, name: fullName(found) } };
  });
  return (
    <Loaded query={query} back={{ href: "/agent/cases", label: t("nav.cases") }}>
      {(saved) => <CaseForm saved={saved} />}
    </Loaded>
  );
}

/** caseWord is what a field of a case is called. */
function caseWord(t: T, field: string): string {
  switch (field) {
    case "description":
    case "visibility":
    case "severity":
    case "priority":
    case "fields":
      return t(`cases.${field}`);
    case "assignee":
    case "assignee_id":
      return t("cases.assignee");
    case "follows":
    case "follows_id":
      return t("cases.follows");
  }
  return t(`records.case.field.${field}` as "records.case.field.subject");
}

function CaseForm({ saved }: { saved: Case }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const editor = useEditor({
    path: "/api/cases",
    saved,
    root: keys.cases(),
    body: inputOf,
    onMade: (id) => go(id ? `/agent/cases/${id}` : "/agent/cases", { replace: true }),
  });
  const own = useRecordFields("case").data ?? [];
  const label = (field: string) => {
    const custom = own.find((f) => field === `fields.${f.id}` || field === f.id);
    return custom ? labelOf(custom) : caseWord(t, field);
  };
  return (
    <Page
      title={saved.id ? t("records.case.title", { n: saved.number }) : t("records.case.new")}
      mark={
        <>
          {saved.draft && <Tag tone="warn">{t("case.draft")}</Tag>}
          {saved.id && !saved.customer && <Tag tone="warn">{t("records.case.unlinked")}</Tag>}
        </>
      }
      back={{ href: "/agent/cases", label: t("nav.cases") }}
      actions={
        saved.interaction && (
          <TranscriptActs
            paper={`/api/cases/${saved.id}/paper`}
            talk={saved.interaction}
            customer={saved.customer?.id ?? ""}
          />
        )
      }
    >
      <div className={styles.columns}>
        <div className={styles.stack}>
          <EditorForm
            editor={editor}
            label={label}
            show={(field, value) => (field === "customer" ? nameOf(value as Case["customer"]) : undefined)}
            final={{ draft: false }}
            unfinished={saved.interaction !== null && !saved.customer}
            extra={<DraftButton editor={editor} saved={saved} />}
          >
            <Fields editor={editor} />
          </EditorForm>
          {saved.id && <FollowUps record={saved} />}
          {saved.id && <TasksOf record={saved} />}
          {saved.interaction && (
            <Spoken
              source={`/api/cases/${saved.id}/transcript`}
              cacheKey={keys.cases(saved.id, "transcript")}
            />
          )}
        </div>
        {saved.id && (
          <div className={styles.stack}>
            <About record={saved} />
            <CaseHistory id={saved.id} />
          </div>
        )}
      </div>
    </Page>
  );
}

function Fields({ editor }: { editor: Editor<Case> }) {
  const { t } = useTranslation();
  const fault = useFault(editor.error);
  const { draft, set } = editor;
  const missing = editor.error?.code === "customer_required" ? t("error.customer_required") : undefined;
  return (
    <Card>
      <div className={styles.fields}>
        <CustomerField
          value={draft.customer}
          error={missing ?? fault("customer_id")}
          onChange={(customer) => set({ customer })}
        />
        <Select
          label={t("records.case.field.status")}
          data={[
            { value: "open", label: t("case.open") },
            { value: "closed", label: t("case.closed") },
          ]}
          value={draft.status}
          allowDeselect={false}
          error={fault("status")}
          onChange={(status) => set({ status: (status ?? "open") as Case["status"] })}
        />
        <TextInput
          className={styles.whole}
          label={t("records.case.field.subject")}
          value={draft.subject}
          error={fault("subject")}
          onChange={(e) => set({ subject: e.currentTarget.value })}
        />
        <CaseWork editor={editor} />
        <CustomFields
          object="case"
          values={draft.fields}
          isNew={editor.isNew}
          fault={fault}
          onChange={(fields) => set({ fields })}
        />
        <Textarea
          className={styles.whole}
          label={t("records.case.field.notes")}
          value={draft.notes}
          error={fault("notes")}
          autosize
          minRows={4}
          maxRows={16}
          onChange={(e) => set({ notes: e.currentTarget.value })}
        />
      </div>
    </Card>
  );
}

function About({ record }: { record: Case }) {
  const { t } = useTranslation();
  const talk = record.interaction;
  return (
    <Card title={t("records.details")}>
      {talk && (
        <>
          <Facts
            rows={[
              [t("records.case.talk"), t("records.number", { n: talk.number })],
              [t("records.interaction.channel"), t(`channel.${talk.channel}`)],
              [t("records.interaction.queue"), nameOf(talk.queue)],
              [t("records.interaction.agent"), nameOf(talk.agent)],
              [t("records.interaction.began"), dateTime(talk.created_at)],
              [t("records.interaction.accepted"), dateTime(talk.accepted_at)],
              [t("records.interaction.ended"), dateTime(talk.ended_at)],
              [
                t("records.interaction.lasted"),
                talk.accepted_at > 0 && talk.ended_at > 0 ? clock(talk.ended_at - talk.accepted_at) : "",
              ],
            ]}
          />
          <Link href={`/agent/interactions/${talk.id}`}>{t("records.interaction.open")}</Link>
        </>
      )}
      <Facts
        rows={[
          [t("records.case.agent"), nameOf(record.agent)],
          [t("records.created"), dateTime(record.created_at)],
          ...(record.closed_at > 0 ? [[t("cases.closed"), dateTime(record.closed_at)] as const] : []),
          [t("records.updated"), dateTime(record.updated_at)],
        ]}
      />
      {record.customer && (
        <Link href={`/agent/customers/${record.customer.id}`}>{t("records.case.openCustomer")}</Link>
      )}
    </Card>
  );
}
