import { useTranslation } from "react-i18next";
import type { Column } from "../ui/DataTable";
import { Tag } from "../ui/Tag";
import { groupName } from "./groupName";
import { ObjectList } from "./ObjectList";
import type { Group } from "./types";

/** GroupList lists the groups of agents. Source: SEC-03, CFG-05. */
export function GroupList() {
  const { t } = useTranslation();
  const columns: Column<Group>[] = [
    {
      key: "name",
      head: t("admin.group.name"),
      cell: (g) => (
        <>
          {groupName(t, g.name)} {g.default && <Tag>{t("admin.group.default")}</Tag>}
        </>
      ),
    },
    { key: "preset", head: t("admin.group.preset"), cell: (g) => t(`admin.preset.${g.preset}`) },
    {
      key: "agents",
      head: t("admin.section.agents"),
      end: true,
      cell: (g) => g.agents,
    },
  ];
  return (
    <ObjectList
      noun="groups"
      title={t("admin.section.groups")}
      about={t("admin.group.about")}
      make={t("admin.group.new")}
      icon="people"
      none={t("admin.group.none")}
      columns={columns}
      text={(g) => groupName(t, g.name)}
    />
  );
}
