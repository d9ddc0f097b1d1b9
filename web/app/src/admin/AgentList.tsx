import { Select } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Column } from "../ui/DataTable";
import { Tag } from "../ui/Tag";
import styles from "./Admin.module.css";
import { ObjectList } from "./ObjectList";
import type { AgentForm } from "./types";
import { useNames } from "./useConfig";

/** AgentList lists everybody who can sign in. Source: SEC-01, SEC-03. */
export function AgentList() {
  const { t } = useTranslation();
  const groups = useNames("groups");
  const names = new Map(groups);
  const [group, setGroup] = useState<string | null>(null);
  const columns: Column<AgentForm>[] = [
    {
      key: "name",
      head: t("admin.agent.display_name"),
      cell: (a) => (
        <>
          {a.display_name} {!a.enabled && <Tag>{t("admin.off")}</Tag>}
        </>
      ),
    },
    { key: "login", head: t("admin.agent.login"), cell: (a) => a.login },
    { key: "role", head: t("admin.agent.role"), cell: (a) => t(`login.role.${a.role}`) },
    { key: "group", head: t("admin.agent.group_id"), cell: (a) => names.get(a.group_id) ?? "" },
    {
      key: "queues",
      head: t("admin.section.queues"),
      end: true,
      extra: true,
      cell: (a) => (a.memberships ?? []).length,
    },
    {
      key: "skills",
      head: t("admin.section.skills"),
      end: true,
      extra: true,
      cell: (a) => (a.skills ?? []).length,
    },
    { key: "capacity", head: t("admin.agent.capacity"), end: true, cell: (a) => a.capacity },
  ];
  return (
    <ObjectList
      noun="agents"
      title={t("admin.section.agents")}
      about={t("admin.agent.about")}
      make={t("admin.agent.new")}
      icon="user"
      none={t("admin.agent.none")}
      columns={columns}
      text={(a) => `${a.display_name} ${a.login} ${a.email}`}
      sort={(a, b) => a.display_name.localeCompare(b.display_name)}
      keep={(a) => !group || a.group_id === group}
      extra={
        <Select
          className={styles.select}
          aria-label={t("admin.agent.group_id")}
          placeholder={t("admin.agent.group_id")}
          data={groups.map(([value, label]) => ({ value, label }))}
          value={group}
          onChange={setGroup}
          clearable
        />
      }
    />
  );
}
