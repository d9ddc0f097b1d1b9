import { useTranslation } from "react-i18next";
import { inLanguage } from "../i18n/format";
import type { Column } from "../ui/DataTable";
import { Tag } from "../ui/Tag";
import { ObjectList } from "./ObjectList";
import type { RecordFieldForm } from "./types";

/** FieldList lists what customers and cases hold: the built-in fields, and the center's own. Source: CRM-05. */
export function FieldList() {
  const { t } = useTranslation();
  const columns: Column<RecordFieldForm>[] = [
    {
      key: "label",
      head: t("admin.field.label"),
      cell: (f) => inLanguage({ name: f.label, name_fr: f.label_fr }),
    },
    { key: "object", head: t("admin.field.object"), cell: (f) => t(`admin.field.objects.${f.object}`) },
    { key: "type", head: t("admin.field.type"), cell: (f) => t(`admin.field.types.${f.type}`) },
    {
      key: "kind",
      head: t("admin.field.active"),
      cell: (f) => (
        <>
          <Tag tone={f.kind === "custom" ? "info" : "plain"}>{t(`admin.field.kind.${f.kind}`)}</Tag>{" "}
          {!f.active && <Tag tone="warn">{t("admin.off")}</Tag>}
        </>
      ),
    },
  ];
  return (
    <ObjectList
      noun="fields"
      title={t("admin.section.fields")}
      about={t("admin.field.about")}
      make={t("admin.field.new")}
      icon="book"
      none={t("admin.field.none")}
      columns={columns}
      text={(f) => `${f.name} ${f.label} ${f.label_fr}`}
    />
  );
}
