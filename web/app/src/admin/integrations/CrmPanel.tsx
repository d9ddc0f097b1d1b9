import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { api } from "../../api/client";
import { keys } from "../../api/query";
import { problemText } from "../../parts/problem";
import { Button } from "../../ui/Button";
import { Card } from "../../ui/Card";
import { Icon } from "../../ui/Icon";
import { toast } from "../../ui/toast";
import styles from "../Admin.module.css";
import { CopyField } from "../channels/CopyField";
import type { SettingValue } from "../types";
import type { CrmConnection } from "./types";

const key = "panel.origins";

/** originOf is the site of an address, "" if it is none. */
function originOf(address: string): string {
  return URL.canParse(address) ? new URL(address).origin : "";
}

/**
 * CrmPanel says where the panel is, whether this CRM may frame it, and how it
 * looks while it may not: the browser then shows a page of its own, where no
 * word of ours can stand (DYN-01, A-110).
 */
export function CrmPanel({ connection: c, frame }: { connection: CrmConnection; frame: string | undefined }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const { data } = useQuery({
    queryKey: keys.admin("settings"),
    queryFn: () => api.get<{ values: SettingValue[] }>("/api/admin/settings"),
  });
  const origin = originOf(c.settings.url ?? "");
  if (!frame || !data || !origin) return null;
  const listed = String(data.values.find((v) => v.key === key && v.scope === "tenant")?.value ?? "");
  const sites = listed.split(/\s+/).filter(Boolean);
  const allowed = sites.some((site) => originOf(site) === origin);
  async function allow() {
    setBusy(true);
    try {
      const value = [...sites, origin].join(" ");
      await api.put("/api/admin/settings", { values: [{ scope: "tenant", scope_id: "", key, value }] });
      toast(t("crms.panel.done", { origin }), "good");
      await client.invalidateQueries({ queryKey: keys.admin("settings") });
    } catch (error) {
      toast(problemText(t, error), "bad");
    } finally {
      setBusy(false);
    }
  }
  return (
    <Card title={t("crms.panel.title")} about={t("crms.panel.about")}>
      <CopyField label={t("crms.panel.address")} value={`${location.origin}/panel`} />
      <div role="status" data-panel={allowed ? "allowed" : "barred"}>
        {allowed ? (
          <p className={styles.row}>
            <Icon name="check" size={18} />
            {t("crms.panel.allowed", { origin })}
          </p>
        ) : (
          <p className={styles.note}>{t("crms.panel.barred", { origin })}</p>
        )}
      </div>
      <p className={styles.quiet}>{t("crms.panel.more")}</p>
      <div className={styles.bar}>
        {!allowed && (
          <Button busy={busy} onClick={() => void allow()}>
            {t("crms.panel.allow")}
          </Button>
        )}
        <Link href="/admin/settings">{t("crms.panel.settings")}</Link>
      </div>
    </Card>
  );
}
