import type { Page as Listed } from "@parley/protocol";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client";
import { keys } from "../api/query";
import type { T } from "../i18n";
import { ago, dateTime } from "../i18n/format";
import { floor, useLive } from "../live/floor";
import { BrowserName } from "../parts/BrowserName";
import { Confirm } from "../parts/Confirm";
import { Loaded } from "../parts/Loaded";
import { problemText } from "../parts/problem";
import { Button } from "../ui/Button";
import { type Column, DataTable } from "../ui/DataTable";
import { EmptyState } from "../ui/EmptyState";
import { Page } from "../ui/Page";
import { Tag } from "../ui/Tag";
import { toast } from "../ui/toast";
import type { Session } from "./types";

/** SessionsPage lists who is signed in, from where, and ends sessions. Source: SEC-08. */
export function SessionsPage() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const agents = useLive((l) => l.agents);
  const [ending, setEnding] = useState<Session | null>(null);
  const query = useQuery({
    queryKey: keys.admin("sessions"),
    queryFn: () => api.get<Listed<Session>>("/api/sessions"),
    refetchInterval: 30_000,
  });
  const who = (s: Session | null) => (s ? (agents[s.agent_id]?.display_name ?? s.agent_id) : "");
  return (
    <Page title={t("admin.section.sessions")} about={t("admin.session.about")}>
      <Loaded query={query}>
        {(page) => (
          <DataTable
            label={t("admin.section.sessions")}
            columns={columns(t, who, setEnding)}
            rows={page.items}
            empty={<EmptyState icon="user" title={t("admin.session.none")} />}
          />
        )}
      </Loaded>
      <Confirm
        open={ending !== null}
        title={t("admin.session.endTitle", { name: who(ending) })}
        verb={t("admin.session.end")}
        danger
        onClose={() => setEnding(null)}
        onConfirm={async () => {
          try {
            await api.delete(`/api/sessions/${ending?.id}`);
            await client.invalidateQueries({ queryKey: keys.admin("sessions") });
            return true;
          } catch (error) {
            toast(problemText(t, error), "bad");
            return false;
          }
        }}
      >
        <p>{t("admin.session.endText")}</p>
      </Confirm>
    </Page>
  );
}

function columns(t: T, who: (s: Session) => string, onEnd: (s: Session) => void): Column<Session>[] {
  return [
    {
      key: "who",
      head: t("admin.session.who"),
      cell: (s) => (
        <>
          {who(s)} {s.own && <Tag tone="info">{t("admin.session.this")}</Tag>}
        </>
      ),
    },
    {
      key: "browser",
      head: t("admin.session.browser"),
      cell: (s) => <BrowserName userAgent={s.user_agent} />,
    },
    { key: "ip", head: t("admin.session.ip"), cell: (s) => s.ip },
    { key: "since", head: t("admin.session.since"), extra: true, cell: (s) => dateTime(s.created_at) },
    { key: "seen", head: t("admin.session.seen"), cell: (s) => ago(s.seen_at, floor.now()) },
    {
      key: "end",
      head: t("admin.session.end"),
      end: true,
      actions: true,
      cell: (s) =>
        !s.own && (
          <Button
            size="xs"
            look="quiet"
            onClick={() => onEnd(s)}
            aria-label={t("admin.session.endOf", { name: who(s) })}
          >
            {t("admin.session.end")}
          </Button>
        ),
    },
  ];
}
