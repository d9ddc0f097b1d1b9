import { Textarea, TextInput } from "@mantine/core";
import type { Case, Customer, CustomerKey, Talked } from "@parley/protocol";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import { api } from "../api/client";
import { keys } from "../api/query";
import { dateTime } from "../i18n/format";
import { DraftButton } from "../parts/editor/DraftButton";
import { EditorForm } from "../parts/editor/EditorForm";
import { same } from "../parts/editor/merge";
import { type Editor, useEditor } from "../parts/editor/useEditor";
import { useFault } from "../parts/editor/useFault";
import { Loaded } from "../parts/Loaded";
import { PagedTable } from "../parts/PagedTable";
import { usePages } from "../parts/usePages";
import { Card } from "../ui/Card";
import { EmptyState } from "../ui/EmptyState";
import { Page } from "../ui/Page";
import { Tag } from "../ui/Tag";
import { caseColumns } from "./CaseList";
import { interactionColumns } from "./interactionColumns";
import { fullName, listOf } from "./names";
import styles from "./Record.module.css";

const blank: Customer = {
  id: "",
  rev: 0,
  account_number: "",
  first_name: "",
  last_name: "",
  emails: [],
  phones: [],
  draft: false,
  created_at: 0,
  updated_at: 0,
  open_cases: 0,
};

/** inputOf is what is sent of a customer: what a person fills in. */
function inputOf({ account_number, first_name, last_name, emails, phones, draft, rev }: Customer) {
  return { account_number, first_name, last_name, emails, phones, draft, rev };
}

/** CustomerPage is one customer: what we know, their cases, their interactions. Source: CRM-02. */
export function CustomerPage({ id }: { id: string }) {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: keys.customers(id),
    queryFn: () => (id === "new" ? blank : api.get<Customer>(`/api/customers/${id}`)),
  });
  return (
    <Loaded query={query} back={{ href: "/agent/customers", label: t("nav.customers") }}>
      {(customer) => <CustomerForm saved={customer} />}
    </Loaded>
  );
}

function CustomerForm({ saved }: { saved: Customer }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const editor = useEditor({
    path: "/api/customers",
    saved,
    root: keys.customers(),
    body: inputOf,
    onMade: (id) => go(id ? `/agent/customers/${id}` : "/agent/customers", { replace: true }),
  });
  const name = fullName(saved) || (saved.id ? t("records.customer.unnamed") : t("records.customer.new"));
  return (
    <Page
      title={name}
      mark={saved.draft && <Tag tone="warn">{t("case.draft")}</Tag>}
      back={{ href: "/agent/customers", label: t("nav.customers") }}
    >
      <EditorForm
        editor={editor}
        label={(field) =>
          t(`records.customer.field.${field.replace(/\[.*/, "")}` as "records.customer.field.emails")
        }
        final={{ draft: false }}
        extra={<DraftButton editor={editor} saved={saved} />}
      >
        <Fields editor={editor} />
      </EditorForm>
      {saved.keys && saved.keys.length > 0 && <Addresses keys={saved.keys} />}
      {saved.id && <Belongings customer={saved} />}
    </Page>
  );
}

function Fields({ editor }: { editor: Editor<Customer> }) {
  const { t } = useTranslation();
  const fault = useFault(editor.error);
  const { draft, set } = editor;
  return (
    <Card>
      <div className={styles.fields}>
        <TextInput
          label={t("records.customer.field.first_name")}
          value={draft.first_name}
          error={fault("first_name")}
          onChange={(e) => set({ first_name: e.currentTarget.value })}
        />
        <TextInput
          label={t("records.customer.field.last_name")}
          value={draft.last_name}
          error={fault("last_name")}
          onChange={(e) => set({ last_name: e.currentTarget.value })}
        />
        <Many
          label={t("records.customer.field.emails")}
          values={draft.emails}
          error={fault("emails")}
          onChange={(emails) => set({ emails })}
        />
        <Many
          label={t("records.customer.field.phones")}
          values={draft.phones}
          error={fault("phones")}
          onChange={(phones) => set({ phones })}
        />
        <TextInput
          label={t("records.customer.field.account_number")}
          description={editor.isNew ? t("records.customer.accountHint") : undefined}
          value={draft.account_number}
          error={fault("account_number")}
          onChange={(e) => set({ account_number: e.currentTarget.value })}
        />
      </div>
    </Card>
  );
}

interface ManyProps {
  label: string;
  values: readonly string[] | null;
  error: string | undefined;
  onChange: (values: string[]) => void;
}

/** Many edits several values, one per line; the field keeps what is typed as it is typed. */
function Many({ label, values, error, onChange }: ManyProps) {
  const { t } = useTranslation();
  const [text, setText] = useState((values ?? []).join("\n"));
  const shown = same(listOf(text), values ?? []) ? text : (values ?? []).join("\n");
  return (
    <Textarea
      label={label}
      description={t("records.customer.onePerLine")}
      value={shown}
      error={error}
      autosize
      minRows={1}
      maxRows={6}
      onChange={(e) => {
        setText(e.currentTarget.value);
        onChange(listOf(e.currentTarget.value));
      }}
    />
  );
}

/** Addresses lists where a customer writes from on networks; whoever writes from there is known as them. */
function Addresses({ keys: list }: { keys: readonly CustomerKey[] }) {
  const { t } = useTranslation();
  return (
    <section className={styles.section}>
      <h2>{t("records.customer.keys")}</h2>
      <ul>
        {list.map((k) => (
          <li key={`${k.kind} ${k.at} ${k.value}`} dir="auto">
            {t(`records.customer.key.${k.kind}`)} {k.handle || k.value}
            {k.former && ` (${t("records.customer.former")})`}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Belongings({ customer }: { customer: Customer }) {
  const { t } = useTranslation();
  const cases = usePages<Case>(keys.customers(customer.id, "cases"), `/api/customers/${customer.id}/cases`);
  const talks = usePages<Talked>(
    keys.customers(customer.id, "interactions"),
    `/api/customers/${customer.id}/interactions`,
  );
  return (
    <>
      <section className={styles.section}>
        <div className={styles.heading}>
          <h2>{t("nav.cases")}</h2>
          <Link href={`/agent/cases/new?customer=${customer.id}`}>{t("records.case.new")}</Link>
        </div>
        <PagedTable
          label={t("nav.cases")}
          columns={caseColumns(t).filter((c) => c.key !== "customer")}
          pages={cases}
          href={(c) => `/agent/cases/${c.id}`}
          empty={<EmptyState icon="folder" title={t("records.case.noneOf")} />}
        />
      </section>
      <section className={styles.section}>
        <h2>{t("records.interaction.past")}</h2>
        <PagedTable
          label={t("records.interaction.past")}
          columns={interactionColumns(t).filter((c) => c.key !== "customer")}
          pages={talks}
          href={(i) => `/agent/interactions/${i.id}`}
          empty={<EmptyState icon="history" title={t("records.interaction.noneOf")} />}
        />
      </section>
      <p className={styles.foot}>
        {t("records.dates", {
          created: dateTime(customer.created_at),
          updated: dateTime(customer.updated_at),
        })}
      </p>
    </>
  );
}
