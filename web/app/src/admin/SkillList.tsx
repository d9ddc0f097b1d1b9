import { useTranslation } from "react-i18next";
import type { Column } from "../ui/DataTable";
import { Tag } from "../ui/Tag";
import { ObjectList } from "./ObjectList";
import type { Skill } from "./types";
import { useAll } from "./useConfig";

/** SkillList lists the named skills, who has them and which queues ask for them. Source: RTE-11. */
export function SkillList() {
  const { t } = useTranslation();
  const agents = useAll("agents").data;
  const queues = useAll("queues").data;
  const having = (s: Skill) =>
    (agents ?? []).filter((a) => a.skills?.some((k) => k.skill_id === s.id)).length;
  const asking = (s: Skill) =>
    (queues ?? []).filter((q) => q.required?.some((k) => k.skill_id === s.id)).length;
  const columns: Column<Skill>[] = [
    { key: "name", head: t("admin.skill.name"), cell: (s) => s.name },
    {
      key: "agents",
      head: t("admin.section.agents"),
      end: true,
      cell: (s) =>
        agents && asking(s) > 0 && having(s) === 0 ? (
          <Tag tone="warn">{t("admin.skill.nobody")}</Tag>
        ) : (
          having(s)
        ),
    },
    { key: "queues", head: t("admin.section.queues"), end: true, cell: asking },
  ];
  return (
    <ObjectList
      noun="skills"
      title={t("admin.section.skills")}
      about={t("admin.skill.about")}
      make={t("admin.skill.new")}
      icon="book"
      none={t("admin.skill.none")}
      columns={columns}
      text={(s) => s.name}
    />
  );
}
