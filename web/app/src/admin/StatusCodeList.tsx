import { Select } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { inLanguage } from "../i18n/format";
import type { Column } from "../ui/DataTable";
import { Tag } from "../ui/Tag";
import styles from "./Admin.module.css";
import { ObjectList } from "./ObjectList";
import { applies, type StatusCode } from "./types";

/** StatusCodeList lists the reasons agents give with a status, in the order the menus show. Source: PRE-13. */
export function StatusCodeList() {
  const { t } = useTranslation();
  const [only, setOnly] = useState<string | null>(null);
  const columns: Column<StatusCode>[] = [
    {
      key: "name",
      head: t("admin.code.name"),
      cell: (c) => (
        <>
          {inLanguage(c)} {!c.active && <Tag>{t("admin.off")}</Tag>}
        </>
      ),
    },
    { key: "applies", head: t("admin.code.applies"), cell: (c) => t(`admin.applies.${c.applies}`) },
    { key: "short", head: t("admin.code.short"), cell: (c) => c.short },
    { key: "order", head: t("admin.code.order"), end: true, cell: (c) => c.order },
  ];
  return (
    <ObjectList
      noun="status-codes"
      title={t("admin.section.status-codes")}
      about={t("admin.code.about")}
      make={t("admin.code.new")}
      icon="cup"
      none={t("admin.code.none")}
      columns={columns}
      text={(c) => `${c.name} ${c.name_fr} ${c.short}`}
      sort={(a, b) => applies.indexOf(a.applies) - applies.indexOf(b.applies) || a.order - b.order}
      keep={(c) => !only || c.applies === only}
      extra={
        <Select
          className={styles.select}
          aria-label={t("admin.code.applies")}
          placeholder={t("admin.code.applies")}
          data={applies.map((value) => ({ value, label: t(`admin.applies.${value}`) }))}
          value={only}
          onChange={setOnly}
          clearable
        />
      }
    />
  );
}
