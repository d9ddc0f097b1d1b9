import { useTranslation } from "react-i18next";
import type { Column } from "../../ui/DataTable";
import { Tag } from "../../ui/Tag";
import { ObjectList } from "../ObjectList";
import type { FlowScript } from "../types";
import { useNames } from "../useConfig";

/** ScriptList lists the scripts, what runs them and whether a draft waits. Source: SCR-01. */
export function ScriptList() {
  const { t } = useTranslation();
  const points = new Map(useNames("entry-points"));
  const columns: Column<FlowScript>[] = [
    { key: "name", head: t("scripts.name"), cell: (s) => s.name },
    { key: "kind", head: t("scripts.kind"), cell: (s) => t(`scripts.kinds.${s.kind}`) },
    {
      key: "state",
      head: t("scripts.state"),
      cell: (s) => (
        <>
          {s.published > 0 ? t("scripts.versionN", { n: s.published }) : t("scripts.draft")}{" "}
          {s.published > 0 && s.changes.length > 0 && <Tag tone="warn">{t("scripts.changed")}</Tag>}
          {s.faults.length > 0 && <Tag tone="warn">{t("scripts.faults", { count: s.faults.length })}</Tag>}
        </>
      ),
    },
    {
      key: "used",
      head: t("scripts.usedBy"),
      extra: true,
      cell: (s) => s.used_by.map((id) => points.get(id) ?? id).join(", ") || t("scripts.unused"),
    },
  ];
  return (
    <ObjectList
      noun="scripts"
      title={t("scripts.title")}
      about={t("scripts.about")}
      make={t("scripts.new")}
      icon="book"
      none={t("scripts.none")}
      columns={columns}
      text={(s) => s.name}
    />
  );
}
