import { NumberInput, Select, Switch, Textarea, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { inLanguage } from "../i18n/format";
import { Loaded } from "../parts/Loaded";
import { Card } from "../ui/Card";
import { Page } from "../ui/Page";
import { Tag } from "../ui/Tag";
import type { FormProps } from "./FormProps";
import { ObjectEditor } from "./ObjectEditor";
import type { RecordFieldForm } from "./types";
import { useOne } from "./useConfig";

const types = ["text", "url", "number", "date", "pick_list"] as const;
const objects = ["customer", "case"] as const;

/** FieldForm edits a field of customers or cases; its type is fixed once it is saved. Source: CRM-05. */
export function FieldForm({ id }: FormProps) {
  const { t } = useTranslation();
  const query = useOne("fields", id);
  const list = { href: "/admin/fields", label: t("admin.section.fields") };
  return (
    <Loaded query={query} back={list}>
      {(saved) => (saved.kind === "system" ? <BuiltIn field={saved} back={list} /> : <Form saved={saved} />)}
    </Loaded>
  );
}

interface BuiltInProps {
  field: RecordFieldForm;
  back: { href: string; label: string };
}

function BuiltIn({ field, back }: BuiltInProps) {
  const { t } = useTranslation();
  return (
    <Page
      title={inLanguage({ name: field.label, name_fr: field.label_fr })}
      mark={<Tag>{t("admin.field.kind.system")}</Tag>}
      back={back}
      narrow
    >
      <Card>
        <p>{t("admin.field.system")}</p>
      </Card>
    </Page>
  );
}

function Form({ saved }: { saved: RecordFieldForm }) {
  const { t } = useTranslation();
  const isNew = saved.id === "";
  return (
    <ObjectEditor
      noun="fields"
      saved={saved}
      area="field"
      title={inLanguage({ name: saved.label, name_fr: saved.label_fr }) || t("admin.field.new")}
      list={t("admin.section.fields")}
      body={({ id: _, kind: __, ...rest }) => rest}
      {...(saved.kind === "custom"
        ? { remove: { text: t("admin.field.removeText"), verb: t("admin.field.remove") } }
        : {})}
    >
      {(form, { draft, set }) => (
        <Card>
          <Select
            {...form.choice(
              "object",
              objects.map((o) => [o, t(`admin.field.objects.${o}`)] as const),
            )}
            disabled={!isNew}
            {...(!isNew && { description: t("field.fixed") })}
            allowDeselect={false}
          />
          <Select
            {...form.choice(
              "type",
              types.map((type) => [type, t(`admin.field.types.${type}`)] as const),
            )}
            disabled={!isNew}
            {...(!isNew && { description: t("field.fixed") })}
            allowDeselect={false}
          />
          <TextInput {...form.text("label", 32)} required />
          <TextInput {...form.text("label_fr", 32)} />
          <TextInput {...form.text("name", 32)} required />
          {draft.type === "pick_list" && (
            <Textarea
              label={t("admin.field.options")}
              description={t("admin.field.optionsHint")}
              error={form.fault("options")}
              autosize
              minRows={3}
              value={(draft.options ?? []).join("\n")}
              onChange={(e) => set({ options: e.currentTarget.value.split("\n") })}
              onBlur={() => set({ options: (draft.options ?? []).map((o) => o.trim()).filter(Boolean) })}
            />
          )}
          {(draft.type === "text" || draft.type === "url" || draft.type === "number") && (
            <NumberInput {...form.number("length")} max={2000} />
          )}
          <TextInput {...form.text("default", 85)} />
          <NumberInput {...form.number("sort_order")} />
          <Switch {...form.flag("active")} />
        </Card>
      )}
    </ObjectEditor>
  );
}
