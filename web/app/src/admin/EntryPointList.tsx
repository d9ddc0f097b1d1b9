import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { Column } from "../ui/DataTable";
import { Tag } from "../ui/Tag";
import { ObjectList } from "./ObjectList";
import type { EntryPoint } from "./types";
import { useNames } from "./useConfig";

/** EntryPointList lists the widgets, with the queue each feeds. Source: QUE-04. */
export function EntryPointList() {
  const { t } = useTranslation();
  const queues = new Map(useNames("queues"));
  const columns: Column<EntryPoint>[] = [
    {
      key: "name",
      head: t("admin.entry.name"),
      cell: (e) => (
        <>
          {e.name} {!e.enabled && <Tag>{t("admin.off")}</Tag>}
        </>
      ),
    },
    { key: "queue", head: t("admin.entry.queue_id"), cell: (e) => queues.get(e.queue_id) ?? "" },
    {
      key: "hours",
      head: t("admin.entry.hours"),
      cell: (e) =>
        (e.script.schedule.hours ?? []).length === 0 ? t("admin.hours.always") : e.script.schedule.zone,
    },
    {
      key: "origins",
      head: t("admin.entry.allowed_origins"),
      extra: true,
      cell: (e) => (e.allowed_origins ?? []).join(", ") || t("admin.entry.ownPages"),
    },
    {
      key: "try",
      head: t("admin.entry.preview"),
      end: true,
      actions: true,
      cell: (e) => (
        <Link
          href={`/admin/entry-points/${e.id}/embed`}
          aria-label={t("admin.entry.embedOf", { name: e.name })}
        >
          {t("admin.entry.embed")}
        </Link>
      ),
    },
  ];
  return (
    <ObjectList
      noun="entry-points"
      title={t("admin.section.entry-points")}
      about={t("admin.entry.about")}
      make={t("admin.entry.new")}
      icon="globe"
      none={t("admin.entry.none")}
      columns={columns}
      text={(e) => e.name}
    />
  );
}
