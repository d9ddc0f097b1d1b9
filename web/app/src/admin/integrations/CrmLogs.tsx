import { Select } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { api } from "../../api/client";
import { keys } from "../../api/query";
import { dateTime } from "../../i18n/format";
import { detailText } from "../../parts/crmDetail";
import { PagedTable } from "../../parts/PagedTable";
import { problemText } from "../../parts/problem";
import { usePages } from "../../parts/usePages";
import { Button } from "../../ui/Button";
import { Card } from "../../ui/Card";
import type { Column } from "../../ui/DataTable";
import { EmptyState } from "../../ui/EmptyState";
import { toast } from "../../ui/toast";
import styles from "../Admin.module.css";
import type { CrmConnection, CrmLogged } from "./types";
import { named } from "./useCrms";

const states = ["failed", "pending", "posted"] as const;

/** CrmLogs lists the logs a CRM has, waits for or refused, and has the refused pushed again. Source: R-49. */
export function CrmLogs({ connection: c }: { connection: CrmConnection }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [state, setState] = useState<string>("failed");
  const key = keys.admin("crm-connections", c.id, "logs", state);
  const pages = usePages<CrmLogged>(key, `/api/admin/crm-connections/${c.id}/logs`, { state });
  async function again() {
    try {
      const { logs } = await api.post<{ logs: number }>(`/api/admin/crm-connections/${c.id}/retries`, {});
      toast(t("crms.admin.retried", { count: logs }), "good");
      await client.invalidateQueries({ queryKey: keys.admin("crm-connections") });
    } catch (error) {
      toast(problemText(t, error), "bad");
    }
  }
  const columns: Column<CrmLogged>[] = [
    { key: "at", head: t("crms.admin.at"), cell: (l) => dateTime(l.created_at) },
    {
      key: "interaction",
      head: t("crms.admin.interaction"),
      cell: (l) => <Link href={`/agent/${whereOf(l)}/${l.interaction_id}`}>{t("crms.admin.see")}</Link>,
    },
    {
      key: "why",
      head: t("crms.admin.why"),
      cell: (l) =>
        l.error && (
          <>
            {named(t, "code", l.error)}
            {l.detail && <div className={styles.quiet}>{detailText(t, l.detail)}</div>}
          </>
        ),
    },
    {
      key: "there",
      head: t("crms.admin.there"),
      cell: (l) =>
        l.url && (
          <a href={l.url} target="_blank" rel="noopener noreferrer">
            {t("crm.log.open")}
          </a>
        ),
    },
    { key: "attempt", head: t("crms.admin.tries"), end: true, extra: true, cell: (l) => l.attempt },
  ];
  return (
    <Card
      title={t("crms.admin.logs")}
      about={t("crms.admin.logsAbout")}
      actions={
        <div className={styles.bar}>
          <Select
            className={styles.select}
            aria-label={t("crms.admin.state")}
            data={states.map((value) => ({ value, label: t(`crm.log.${value}`) }))}
            value={state}
            allowDeselect={false}
            onChange={(value) => setState(value ?? "failed")}
          />
          <Button why={c.failed === 0 ? t("crms.admin.noneFailed") : ""} onClick={() => void again()}>
            {t("crms.admin.retryAll")}
          </Button>
        </div>
      }
    >
      <PagedTable
        label={t("crms.admin.logs")}
        columns={columns}
        pages={pages}
        empty={<EmptyState icon="history" title={t("crms.admin.nothing")} />}
      />
    </Card>
  );
}

/** whereOf is the page a log's conversation is looked at: what failed where another record is chosen for it. */
const whereOf = (l: CrmLogged) => (l.state === "failed" ? "crm-log" : "interactions");
