import { Autocomplete, Select, TextInput } from "@mantine/core";
import type { Customer, RecordField } from "@parley/protocol";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { pointed } from "../i18n/format";
import { Confirm } from "../parts/Confirm";
import { over } from "../parts/over";
import type { Chosen } from "../parts/useChosen";
import { Button } from "../ui/Button";
import { labelOf, useRecordFields } from "./CustomFields";
import { ManyEdits } from "./ManyEdits";
import styles from "./ManyEdits.module.css";
import { fullName } from "./names";
import { useRights } from "./useRights";

interface CustomerEditsProps {
  customers: readonly Customer[];
  chosen: Chosen;
}

/** CustomerEdits sets one field of the ticked customers, or deletes them. Source: CRM-02. */
export function CustomerEdits({ customers, chosen }: CustomerEditsProps) {
  const { t } = useTranslation();
  const may = useRights();
  const own = (useRecordFields("customer").data ?? []).filter((f) => f.active);
  const [field, setField] = useState("language");
  const [value, setValue] = useState("");
  const [asking, setAsking] = useState(false);
  const nameOf = (id: string) => {
    const c = customers.find((one) => one.id === id);
    return c ? fullName(c) || c.account_number : "";
  };
  const fields = [
    { value: "language", label: t("customers.field.language") },
    { value: "zone", label: t("customers.field.zone") },
    ...own.map((f) => ({ value: f.id, label: labelOf(f) })),
  ];
  return (
    <ManyEdits words="customers.edits" of="customers" chosen={chosen} nameOf={nameOf}>
      {(edit, busy) => (
        <>
          <Select
            size="xs"
            className={styles.people}
            aria-label={t("customers.edits.field")}
            data={fields}
            value={field}
            allowDeselect={false}
            onChange={(next) => {
              setField(next ?? "language");
              setValue("");
            }}
          />
          <Value of={own.find((f) => f.id === field)} name={field} value={value} onChange={setValue} />
          <Button
            size="xs"
            busy={busy}
            {...may("edit")}
            onClick={() => void edit({ do: "set", field, value })}
          >
            {value ? t("customers.edits.set") : t("customers.edits.empty")}
          </Button>
          <Button size="xs" busy={busy} {...may("delete")} onClick={() => setAsking(true)}>
            {t("action.delete")}
          </Button>
          <Confirm
            open={asking}
            title={t("customers.edits.deleteTitle", { count: chosen.ids.length })}
            verb={t("customers.edits.deleteVerb")}
            danger
            onClose={() => setAsking(false)}
            onConfirm={() => edit({ do: "delete" })}
          >
            <p>{t("customers.edits.deleteText")}</p>
          </Confirm>
        </>
      )}
    </ManyEdits>
  );
}

interface ValueProps {
  /** One of the center's own fields; undefined: a field that every center has. */
  of: RecordField | undefined;
  name: string;
  value: string;
  onChange: (value: string) => void;
}

/** Value is what the field is set to; empty takes out what is there. */
function Value({ of, name, value, onChange }: ValueProps) {
  const { t } = useTranslation();
  const shared = { size: "xs", "aria-label": t("customers.edits.value"), className: styles.people };
  if (!of)
    return (
      <Autocomplete
        {...shared}
        data={name === "language" ? ["en", "fr-CA", "fr", "es"] : Intl.supportedValuesOf("timeZone")}
        limit={20}
        value={value}
        onChange={onChange}
      />
    );
  if (of.type === "pick_list")
    return (
      <Select
        {...shared}
        data={of.options ?? []}
        value={value || null}
        clearable
        onChange={(next) => onChange(next ?? "")}
      />
    );
  return (
    <TextInput
      {...shared}
      type={of.type === "date" || of.type === "url" ? of.type : "text"}
      error={over(t, value, of.length)}
      value={value}
      onChange={(e) =>
        onChange(of.type === "number" ? pointed(e.currentTarget.value) : e.currentTarget.value)
      }
    />
  );
}
