import { useTranslation } from "react-i18next";
import { inLanguage } from "../i18n/format";
import type { Column } from "../ui/DataTable";
import { ObjectList } from "./ObjectList";
import type { FaqCategory } from "./types";
import { useAll } from "./useConfig";

/** CategoryList lists the categories of FAQs. Source: FAQ-01. */
export function CategoryList() {
  const { t } = useTranslation();
  const faqs = useAll("faqs").data ?? [];
  const columns: Column<FaqCategory>[] = [
    { key: "name", head: t("admin.category.name"), cell: inLanguage },
    { key: "order", head: t("admin.category.order"), end: true, cell: (c) => c.order },
    {
      key: "faqs",
      head: t("admin.section.faqs"),
      end: true,
      cell: (c) => faqs.filter((f) => f.category_id === c.id).length,
    },
  ];
  return (
    <ObjectList
      noun="faq-categories"
      title={t("admin.section.faq-categories")}
      about={t("admin.category.about")}
      make={t("admin.category.new")}
      icon="folder"
      none={t("admin.category.none")}
      columns={columns}
      text={(c) => `${c.name} ${c.name_fr}`}
      sort={(a, b) => a.order - b.order || a.name.localeCompare(b.name)}
    />
  );
}
