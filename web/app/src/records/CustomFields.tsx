import { Select, TextInput } from "@mantine/core";
import type { RecordField } from "@parley/protocol";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "../api/client";
import { inLanguage, pointed } from "../i18n/format";
import { over } from "../parts/over";

interface CustomFieldsProps {
  object: RecordField["object"];
  /** By id; of a new record what is not there has its default. */
  values: Record<string, string> | undefined;
  isNew: boolean;
  fault: (field: string) => string | undefined;
  onChange: (values: Record<string, string>) => void;
}

/** useRecordFields reads the center's own fields of customers or cases. */
export function useRecordFields(object: RecordField["object"]) {
  return useQuery({
    queryKey: ["fields", object],
    queryFn: async () =>
      (await api.get<{ items: RecordField[] | null }>("/api/fields", { object })).items ?? [],
    staleTime: 60_000,
  });
}

/** labelOf is what a field is called in the language of the screen. */
export function labelOf(field: Pick<RecordField, "label" | "label_fr">): string {
  return inLanguage({ name: field.label, name_fr: field.label_fr });
}

/** CustomFields edits the center's own fields of a record; one no longer asked for is shown while it says something. Source: CRM-05. */
export function CustomFields({ object, values, isNew, fault, onChange }: CustomFieldsProps) {
  const fields = useRecordFields(object).data ?? [];
  const shown = fields.filter((f) => f.active || (values?.[f.id] ?? "") !== "");
  return shown.map((field) => (
    <One
      key={field.id}
      field={field}
      value={values?.[field.id] ?? (isNew ? field.default : "")}
      error={fault(`fields.${field.id}`)}
      onChange={(value) => onChange({ ...values, [field.id]: value })}
    />
  ));
}

interface OneProps {
  field: RecordField;
  value: string;
  error: string | undefined;
  onChange: (value: string) => void;
}

function One({ field, value, error, onChange }: OneProps) {
  const { t } = useTranslation();
  const shared = { label: labelOf(field), error, disabled: !field.active };
  if (field.type === "pick_list") {
    const options = field.options ?? [];
    const data = value && !options.includes(value) ? [...options, value] : options;
    return (
      <Select
        {...shared}
        data={data}
        value={value || null}
        clearable
        onChange={(next) => onChange(next ?? "")}
      />
    );
  }
  const kinds = { text: "text", url: "url", number: "text", date: "date" } as const;
  return (
    <TextInput
      {...shared}
      type={kinds[field.type]}
      inputMode={field.type === "number" ? "decimal" : undefined}
      error={over(t, value, field.length) ?? error}
      value={value}
      onChange={(e) =>
        onChange(field.type === "number" ? pointed(e.currentTarget.value) : e.currentTarget.value)
      }
    />
  );
}
