import { useTranslation } from "react-i18next";
import { clock } from "../i18n/format";
import type { Column } from "../ui/DataTable";
import { Tag } from "../ui/Tag";
import { ObjectList } from "./ObjectList";
import type { Queue } from "./types";
import { useAll, useNames } from "./useConfig";

/** QueueList lists the queues and says which of them nobody serves. Source: QUE-05. */
export function QueueList() {
  const { t } = useTranslation();
  const skills = new Map(useNames("skills"));
  const entries = useAll("entry-points").data ?? [];
  const serving = (q: Queue) => (q.members ?? []).filter((m) => m.assigned).length;
  const columns: Column<Queue>[] = [
    {
      key: "name",
      head: t("admin.queue.name"),
      cell: (q) => (
        <>
          {q.name} {!q.enabled && <Tag>{t("admin.off")}</Tag>}
        </>
      ),
    },
    {
      key: "entries",
      head: t("admin.section.entry-points"),
      extra: true,
      cell: (q) =>
        entries
          .filter((e) => e.queue_id === q.id)
          .map((e) => e.name)
          .join(", "),
    },
    {
      key: "agents",
      head: t("admin.section.agents"),
      end: true,
      cell: (q) => (serving(q) === 0 ? <Tag tone="warn">{t("admin.queue.noAgents")}</Tag> : serving(q)),
    },
    {
      key: "skills",
      head: t("admin.section.skills"),
      extra: true,
      cell: (q) =>
        (q.required ?? [])
          .map((r) => t("admin.queue.atLeast", { skill: skills.get(r.skill_id) ?? "", n: r.level }))
          .join(", "),
    },
    { key: "priority", head: t("admin.queue.priority"), end: true, cell: (q) => q.priority },
    {
      key: "target",
      head: t("admin.queue.target"),
      end: true,
      cell: (q) => t("admin.queue.targetOf", { n: q.sla_percent, d: clock(q.sla_s * 1000) }),
    },
  ];
  return (
    <ObjectList
      noun="queues"
      title={t("admin.section.queues")}
      about={t("admin.queue.about")}
      make={t("admin.queue.new")}
      icon="inbox"
      none={t("admin.queue.none")}
      columns={columns}
      text={(q) => `${q.name} ${q.description}`}
      tone={(q) => (q.enabled && serving(q) === 0 ? "warn" : null)}
    />
  );
}
