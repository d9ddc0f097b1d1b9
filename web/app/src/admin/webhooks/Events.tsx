import { Select } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client";
import { keys } from "../../api/query";
import { dateTime } from "../../i18n/format";
import { PagedTable } from "../../parts/PagedTable";
import { problemText } from "../../parts/problem";
import { usePages } from "../../parts/usePages";
import { Button } from "../../ui/Button";
import { Card } from "../../ui/Card";
import type { Column } from "../../ui/DataTable";
import { EmptyState } from "../../ui/EmptyState";
import { Tag } from "../../ui/Tag";
import { toast } from "../../ui/toast";
import styles from "../Admin.module.css";
import type { Told } from "./types";

/** How far back events are told again, in hours. */
const spans = ["1", "24", "168"] as const;

/** Events is what a webhook was told, and lets it be told again. Source: API-02. */
export function Events({ id }: { id: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [hours, setHours] = useState<string>("24");
  const key = keys.admin("webhooks", id, "events");
  const pages = usePages<Told>(key, `/api/admin/webhooks/${id}/events`, {}, 10_000);
  const replay = async (what: { event_id?: string; since?: number }) => {
    try {
      const { events } = await api.post<{ events: number }>(`/api/admin/webhooks/${id}/replays`, what);
      toast(t("admin.webhook.replayed", { count: events }), "good");
      await client.invalidateQueries({ queryKey: key });
    } catch (error) {
      toast(problemText(t, error), "bad");
    }
  };
  const columns: Column<Told>[] = [
    { key: "at", head: t("admin.webhook.at"), cell: (e) => dateTime(e.created_at) },
    { key: "type", head: t("admin.webhook.event"), cell: (e) => t(`admin.webhook.type.${e.type}`) },
    {
      key: "state",
      head: t("admin.webhook.state"),
      cell: (e) => (
        <Tag tone={e.state === "delivered" ? "ok" : e.error ? "warn" : "plain"}>
          {t(`admin.webhook.states.${e.state}`)}
        </Tag>
      ),
    },
    { key: "status", head: t("admin.webhook.answer"), end: true, cell: (e) => e.status || "" },
    { key: "attempt", head: t("admin.webhook.tries"), end: true, extra: true, cell: (e) => e.attempt },
    {
      key: "again",
      head: t("admin.webhook.again"),
      end: true,
      actions: true,
      cell: (e) =>
        e.state !== "waiting" &&
        e.type !== "verify" && (
          <Button
            size="xs"
            look="quiet"
            onClick={() => replay({ event_id: e.id })}
            aria-label={t("admin.webhook.againOf", { when: dateTime(e.created_at) })}
          >
            {t("admin.webhook.again")}
          </Button>
        ),
    },
  ];
  return (
    <Card
      title={t("admin.webhook.log")}
      about={t("admin.webhook.logAbout")}
      actions={
        <div className={styles.bar}>
          <Select
            className={styles.select}
            aria-label={t("admin.webhook.since")}
            data={spans.map((value) => ({
              value,
              label: t("admin.webhook.hours", { count: Number(value) }),
            }))}
            value={hours}
            allowDeselect={false}
            onChange={(value) => setHours(value ?? "24")}
          />
          <Button onClick={() => replay({ since: Date.now() - Number(hours) * 3_600_000 })}>
            {t("admin.webhook.againAll")}
          </Button>
        </div>
      }
    >
      <PagedTable
        label={t("admin.webhook.log")}
        columns={columns}
        pages={pages}
        empty={<EmptyState icon="history" title={t("admin.webhook.nothing")} />}
      />
    </Card>
  );
}
