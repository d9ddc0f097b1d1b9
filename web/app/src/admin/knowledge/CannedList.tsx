import { useTranslation } from "react-i18next";
import { number } from "../../i18n/format";
import type { Column } from "../../ui/DataTable";
import { Tag } from "../../ui/Tag";
import { ObjectList } from "../ObjectList";
import type { Canned } from "../types";
import { useNames } from "../useConfig";

/** CannedList lists the canned replies and macros that are shared. */
export function CannedList() {
  const { t } = useTranslation();
  const groups = new Map(useNames("groups"));
  const columns: Column<Canned>[] = [
    {
      key: "name",
      head: t("admin.canned.name"),
      cell: (c) => (
        <>
          {c.name} {(c.dispositions.length > 0 || c.note) && <Tag>{t("admin.canned.macro")}</Tag>}
        </>
      ),
    },
    { key: "shortcut", head: t("admin.canned.shortcut"), cell: (c) => c.shortcut && `/${c.shortcut}` },
    {
      key: "owner",
      head: t("admin.canned.owner_id"),
      cell: (c) => (c.owner_id ? (groups.get(c.owner_id) ?? "") : t("admin.canned.everybody")),
    },
    { key: "uses", head: t("admin.faq.uses"), end: true, extra: true, cell: (c) => number(c.uses) },
  ];
  return (
    <ObjectList
      noun="canned-replies"
      title={t("admin.section.canned-replies")}
      about={t("admin.canned.about")}
      make={t("admin.canned.new")}
      icon="bubble"
      none={t("admin.canned.none")}
      columns={columns}
      text={(c) => `${c.name} ${c.shortcut} ${c.text.en} ${c.text.fr}`}
    />
  );
}
