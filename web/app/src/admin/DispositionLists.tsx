import { useTranslation } from "react-i18next";
import { inLanguage } from "../i18n/format";
import type { Column } from "../ui/DataTable";
import { Tag } from "../ui/Tag";
import { ObjectList } from "./ObjectList";
import type { DispositionList } from "./types";
import { useNames } from "./useConfig";

/** DispositionLists lists the lists of coded results. Source: WRP-06, WRP-09. */
export function DispositionLists() {
  const { t } = useTranslation();
  const queues = new Map(useNames("queues"));
  const groups = new Map(useNames("groups"));
  const columns: Column<DispositionList>[] = [
    { key: "name", head: t("admin.list.name"), cell: inLanguage },
    {
      key: "codes",
      head: t("admin.list.codes"),
      end: true,
      cell: (l) => (l.codes ?? []).filter((code) => code.active).length,
    },
    {
      key: "required",
      head: t("admin.list.answer"),
      cell: (l) => (
        <Tag tone={l.required ? "warn" : "plain"}>
          {l.required ? t("admin.list.required") : t("admin.list.optional")}
        </Tag>
      ),
    },
    {
      key: "for",
      head: t("admin.list.for"),
      extra: true,
      cell: (l) =>
        [...(l.queues ?? []).map((id) => queues.get(id)), ...(l.groups ?? []).map((id) => groups.get(id))]
          .filter(Boolean)
          .join(", "),
    },
  ];
  return (
    <ObjectList
      noun="disposition-lists"
      title={t("admin.section.disposition-lists")}
      about={t("admin.list.about")}
      make={t("admin.list.new")}
      icon="check"
      none={t("admin.list.none")}
      columns={columns}
      text={(l) => `${l.name} ${l.name_fr}`}
    />
  );
}
