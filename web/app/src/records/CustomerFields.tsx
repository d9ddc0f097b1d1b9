import { Autocomplete, Textarea, TextInput } from "@mantine/core";
import type { Customer, PostalAddress } from "@parley/protocol";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { same } from "../parts/editor/merge";
import type { Editor } from "../parts/editor/useEditor";
import { useFault, useLineFaults } from "../parts/editor/useFault";
import { Card } from "../ui/Card";
import { CustomFields } from "./CustomFields";
import { listOf } from "./names";
import styles from "./Record.module.css";

/** CustomerFields are what a person fills in of a customer. Source: CRM-02, CRM-05. */
export function CustomerFields({ editor }: { editor: Editor<Customer> }) {
  const { t } = useTranslation();
  const fault = useFault(editor.error);
  const lines = useLineFaults(editor.error);
  const { draft, set } = editor;
  return (
    <>
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
            error={lines("emails")}
            onChange={(emails) => set({ emails })}
          />
          <Many
            label={t("records.customer.field.phones")}
            values={draft.phones}
            error={lines("phones")}
            onChange={(phones) => set({ phones })}
          />
          <TextInput
            label={t("records.customer.field.account_number")}
            description={editor.isNew ? t("records.customer.accountHint") : undefined}
            value={draft.account_number}
            error={fault("account_number")}
            onChange={(e) => set({ account_number: e.currentTarget.value })}
          />
          <Autocomplete
            label={t("customers.field.language")}
            data={["en", "fr-CA", "fr", "es"]}
            value={draft.language}
            error={fault("language")}
            onChange={(language) => set({ language })}
          />
          <Autocomplete
            label={t("customers.field.zone")}
            data={zones}
            limit={20}
            value={draft.zone}
            error={fault("zone")}
            onChange={(zone) => set({ zone })}
          />
          <CustomFields
            object="customer"
            values={draft.fields}
            isNew={editor.isNew}
            fault={fault}
            onChange={(fields) => set({ fields })}
          />
          <Textarea
            className={styles.whole}
            label={t("customers.field.notes")}
            value={draft.notes}
            error={fault("notes")}
            autosize
            minRows={2}
            maxRows={12}
            onChange={(e) => set({ notes: e.currentTarget.value })}
          />
        </div>
      </Card>
      <Place title={t("customers.field.home")} name="home" editor={editor} />
      <Place title={t("customers.field.other")} name="other" editor={editor} />
    </>
  );
}

const zones: string[] =
  "supportedValuesOf" in Intl
    ? (Intl as { supportedValuesOf: (key: string) => string[] }).supportedValuesOf("timeZone")
    : [];

const parts = ["lines", "city", "region", "postal_code", "country"] as const;

interface PlaceProps {
  title: string;
  name: "home" | "other";
  editor: Editor<Customer>;
}

/** Place edits a postal address; an empty one is folded away until somebody opens it. */
function Place({ title, name, editor }: PlaceProps) {
  const { t } = useTranslation();
  const fault = useFault(editor.error);
  const value: PostalAddress = editor.draft[name] ?? {};
  const filled = parts.some((part) => value[part]);
  const change = (part: (typeof parts)[number], text: string) =>
    editor.set({ [name]: { ...value, [part]: text } });
  return (
    <details className={styles.fold} open={filled || undefined}>
      <summary>{title}</summary>
      <div className={styles.fields}>
        <Textarea
          className={styles.whole}
          label={t("customers.place.lines")}
          value={value.lines ?? ""}
          error={fault(`${name}.lines`)}
          autosize
          minRows={1}
          maxRows={4}
          onChange={(e) => change("lines", e.currentTarget.value)}
        />
        {parts.slice(1).map((part) => (
          <TextInput
            key={part}
            label={t(`customers.place.${part}`)}
            value={value[part] ?? ""}
            error={fault(`${name}.${part}`)}
            onChange={(e) => change(part, e.currentTarget.value)}
          />
        ))}
      </div>
    </details>
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
      classNames={{ error: styles.lines }}
      onChange={(e) => {
        setText(e.currentTarget.value);
        onChange(listOf(e.currentTarget.value));
      }}
    />
  );
}
