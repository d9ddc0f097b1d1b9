import { Select } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { number } from "../../i18n/format";
import type { Column } from "../../ui/DataTable";
import { Tag } from "../../ui/Tag";
import styles from "../Admin.module.css";
import { ObjectList } from "../ObjectList";
import type { Faq } from "../types";
import { useNames } from "../useConfig";
import { questionOf } from "./texts";

/** FaqList lists the answers agents can insert and customers can read. Source: FAQ-01, FAQ-06. */
export function FaqList() {
  const { t, i18n } = useTranslation();
  const categories = useNames("faq-categories");
  const names = new Map(categories);
  const [category, setCategory] = useState<string | null>(null);
  const columns: Column<Faq>[] = [
    {
      key: "question",
      head: t("admin.faq.question"),
      cell: (f) => (
        <>
          {questionOf(f, i18n.language)} {!f.active && <Tag>{t("admin.off")}</Tag>}
          {f.published === 0 ? (
            <Tag>{t("admin.faq.draft")}</Tag>
          ) : (
            f.changed && <Tag>{t("admin.faq.changed")}</Tag>
          )}
        </>
      ),
    },
    { key: "category", head: t("admin.faq.category"), cell: (f) => names.get(f.category_id) ?? "" },
    {
      key: "language",
      head: t("admin.faq.languages"),
      extra: true,
      cell: (f) => f.texts.map((x) => t(`admin.language.${x.language}`)).join(", "),
    },
    { key: "uses", head: t("admin.faq.uses"), end: true, extra: true, cell: (f) => number(f.uses) },
  ];
  return (
    <ObjectList
      noun="faqs"
      title={t("admin.section.faqs")}
      about={t("admin.faq.about")}
      make={t("admin.faq.new")}
      icon="book"
      none={t("admin.faq.none")}
      columns={columns}
      text={(f) => f.texts.map((x) => `${x.question} ${x.rich}`).join(" ")}
      keep={(f) => !category || f.category_id === category}
      extra={
        <Select
          className={styles.select}
          aria-label={t("admin.faq.category")}
          placeholder={t("admin.faq.category")}
          data={categories.map(([value, label]) => ({ value, label }))}
          value={category}
          onChange={setCategory}
          clearable
        />
      }
    />
  );
}
