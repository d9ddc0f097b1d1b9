import type { Case, Customer } from "@parley/protocol";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import { api } from "../api/client";
import { keys } from "../api/query";
import type { T } from "../i18n";
import { dateTime } from "../i18n/format";
import { DraftButton } from "../parts/editor/DraftButton";
import { EditorForm } from "../parts/editor/EditorForm";
import { useEditor } from "../parts/editor/useEditor";
import { lineOf } from "../parts/editor/useFault";
import { Loaded } from "../parts/Loaded";
import { PagedTable } from "../parts/PagedTable";
import { Timeline } from "../parts/timeline/Timeline";
import { usePages } from "../parts/usePages";
import { EmptyState } from "../ui/EmptyState";
import { Page } from "../ui/Page";
import { Tag } from "../ui/Tag";
import { caseColumns } from "./CaseList";
import { CustomerActions } from "./CustomerActions";
import { CustomerFields } from "./CustomerFields";
import { CustomerHistory } from "./CustomerHistory";
import { CustomerKeys } from "./CustomerKeys";
import { labelOf, useRecordFields } from "./CustomFields";
import { Duplicates } from "./Duplicates";
import { GoneCustomer } from "./GoneCustomer";
import { fullName } from "./names";
import styles from "./Record.module.css";
import { useRecord } from "./useRecord";
import { useRights } from "./useRights";
import { Verified } from "./Verified";

const blank: Customer = {
  id: "",
  rev: 0,
  account_number: "",
  first_name: "",
  last_name: "",
  emails: [],
  phones: [],
  home: {},
  other: {},
  language: "",
  zone: "",
  notes: "",
  fields: {},
  draft: false,
  created_at: 0,
  updated_at: 0,
  open_cases: 0,
};

/** inputOf is what is sent of a customer: what a person fills in. */
function inputOf(c: Customer) {
  const { account_number, first_name, last_name, emails, phones, home, other, language, zone } = c;
  const { notes, fields, draft, rev } = c;
  return {
    account_number,
    first_name,
    last_name,
    emails,
    phones,
    home,
    other,
    language,
    zone,
    notes,
    fields,
    draft,
    rev,
  };
}

/** CustomerPage is one customer: what we know, their cases, their interactions. Source: CRM-02. */
export function CustomerPage({ id }: { id: string }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const query = useRecord(keys.customers(id), async () =>
    id === "new" ? blank : api.get<Customer>(`/api/customers/${id}`),
  );
  const found = query.data?.id;
  useEffect(() => {
    // The id of one that was merged leads to whom it became.
    if (found && id !== "new" && found !== id) go(`/agent/customers/${found}`, { replace: true });
  }, [found, id, go]);
  return (
    <Loaded query={query} back={{ href: "/agent/customers", label: t("nav.customers") }}>
      {(customer) =>
        customer.retired ? <GoneCustomer customer={customer} /> : <CustomerForm saved={customer} />
      }
    </Loaded>
  );
}

function CustomerForm({ saved }: { saved: Customer }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const may = useRights();
  const own = useRecordFields("customer").data ?? [];
  const editor = useEditor({
    path: "/api/customers",
    saved,
    root: keys.customers(),
    body: inputOf,
    onMade: (id) => go(id ? `/agent/customers/${id}` : "/agent/customers", { replace: true }),
  });
  const name = fullName(saved) || (saved.id ? t("records.customer.unnamed") : t("records.customer.new"));
  const label = (field: string) => {
    const id = field.replace(/^fields\./, "");
    const custom = own.find((f) => f.id === id);
    const word = custom ? labelOf(custom) : fieldWord(t, field.replace(/[[.].*/, ""));
    const n = lineOf(field);
    return n ? t("editor.lineOf", { field: word, n }) : word;
  };
  const refused = may(saved.id ? "edit" : "create");
  return (
    <Page
      title={name}
      mark={saved.draft && <Tag tone="warn">{t("case.draft")}</Tag>}
      back={{ href: "/agent/customers", label: t("nav.customers") }}
      actions={saved.id && <CustomerActions customer={saved} />}
    >
      <div className={saved.id ? styles.columns : undefined}>
        <fieldset className={styles.plain} disabled={refused.disabled || refused.why !== ""}>
          {refused.why && <p className={styles.hint}>{refused.why}</p>}
          <EditorForm
            editor={editor}
            label={label}
            final={{ draft: false }}
            extra={<DraftButton editor={editor} saved={saved} />}
          >
            <CustomerFields editor={editor} />
          </EditorForm>
        </fieldset>
        {saved.id && (
          <div className={styles.stack}>
            <Duplicates customer={saved} />
            <CustomerKeys customer={saved} />
            <Verified customer={saved} />
            <CustomerHistory customer={saved} label={label} />
          </div>
        )}
      </div>
      {saved.id && <Belongings customer={saved} />}
    </Page>
  );
}

/** fieldWord is what a built-in field is called. */
function fieldWord(t: T, field: string): string {
  switch (field) {
    case "first_name":
    case "last_name":
    case "emails":
    case "phones":
    case "account_number":
    case "draft":
      return t(`records.customer.field.${field}`);
    case "home":
    case "other":
    case "language":
    case "zone":
    case "notes":
    case "keys":
    case "fields":
      return t(`customers.field.${field}`);
    default:
      return field;
  }
}

function Belongings({ customer }: { customer: Customer }) {
  const { t } = useTranslation();
  const cases = usePages<Case>(keys.customers(customer.id, "cases"), `/api/customers/${customer.id}/cases`);
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
        <h2>{t("records.timeline.title")}</h2>
        <Timeline customer={customer.id} />
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
