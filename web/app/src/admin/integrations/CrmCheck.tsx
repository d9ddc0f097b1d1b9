import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { api } from "../../api/client";
import { keys } from "../../api/query";
import { dayOf } from "../../i18n/format";
import { Confirm } from "../../parts/Confirm";
import { detailText } from "../../parts/crmDetail";
import { problemText } from "../../parts/problem";
import { Button } from "../../ui/Button";
import { Card } from "../../ui/Card";
import { Icon } from "../../ui/Icon";
import { toast } from "../../ui/toast";
import styles from "../Admin.module.css";
import own from "../channels/Channels.module.css";
import type { CrmChecked, CrmConnection } from "./types";
import { named } from "./useCrms";

/** CrmCheck asks a CRM whether the set-up works, step by step, by itself where it is opened or was saved; and lets a connection rest or go. Source: DYN-08, DYN-09. */
export function CrmCheck({ connection: c }: { connection: CrmConnection }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [, go] = useLocation();
  const [checked, setChecked] = useState<CrmChecked | null>(null);
  const [busy, setBusy] = useState(false);
  const [removing, setRemoving] = useState(false);
  const at = `/api/admin/crm-connections/${c.id}`;
  async function act(run: () => Promise<unknown>) {
    setBusy(true);
    try {
      await run();
      await client.invalidateQueries({ queryKey: keys.admin("crm-connections") });
    } catch (error) {
      toast(problemText(t, error), "bad");
    } finally {
      setBusy(false);
    }
  }
  const check = () => act(async () => setChecked(await api.post<CrmChecked>(`${at}/check`, {})));
  const first = useRef(c.paused === "admin" ? null : check);
  useEffect(() => {
    void first.current?.();
    first.current = null;
  }, []);
  return (
    <Card
      title={t("crms.admin.check")}
      about={t(c.paused === "auth" ? "crms.admin.lockedHint" : "crms.admin.checkHint")}
      actions={
        <Button busy={busy} onClick={() => void check()}>
          {t("crms.admin.checkDo")}
        </Button>
      }
    >
      {checked && (
        <ul className={styles.ailments} aria-label={t("crms.admin.check")} aria-live="polite">
          {checked.steps.map((s) => (
            <li key={s.name} className={own.check} data-state={s.ok ? "good" : "bad"} data-check={s.name}>
              <Icon name={s.ok ? "check" : "triangle"} size={18} />
              <b>{stepText(t, s.name)}</b>
              <span>{s.ok ? goodText(t, s.name) : named(t, "code", s.code)}</span>
              <span className={styles.quiet}>
                {s.name === "access" && s.ok
                  ? [
                      checked.account,
                      checked.user,
                      s.detail,
                      checked.until && t("crms.admin.until", { day: dayOf(checked.until) }),
                    ]
                      .filter(Boolean)
                      .join(", ")
                  : detailText(t, s.detail)}
              </span>
            </li>
          ))}
        </ul>
      )}
      <div className={styles.bar}>
        <Button
          onClick={() => void act(() => (c.paused ? api.delete(`${at}/pause`) : api.put(`${at}/pause`)))}
        >
          {t(c.paused ? "crms.admin.resume" : "crms.admin.pause")}
        </Button>
        <Button look="danger" onClick={() => setRemoving(true)}>
          {t("crms.admin.remove")}
        </Button>
      </div>
      <Confirm
        open={removing}
        title={t("crms.admin.removeTitle", { name: c.name })}
        verb={t("crms.admin.remove")}
        danger
        onClose={() => setRemoving(false)}
        onConfirm={async () => {
          await act(async () => {
            await api.delete(at);
            go("/admin/crm-connections", { replace: true });
          });
          return true;
        }}
      >
        {t("crms.admin.removeText")}
      </Confirm>
    </Card>
  );
}

function stepText(t: Parameters<typeof named>[0], name: string): string {
  const object = name.startsWith("search.") ? name.slice("search.".length) : "";
  return object ? t("crms.admin.search", { object: named(t, "object", object) }) : named(t, "check", name);
}

/** goodText is what a step that is as it should be says; that of the logs asks the CRM nothing. */
function goodText(t: Parameters<typeof named>[0], name: string): string {
  return t(name === "logs" ? "crms.admin.noneFailed" : "crms.admin.good");
}
