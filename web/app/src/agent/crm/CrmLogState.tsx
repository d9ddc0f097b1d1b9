import type { CrmKnown, CrmLog } from "@parley/protocol";
import { useTranslation } from "react-i18next";
import type { T } from "../../i18n";
import { dateTime } from "../../i18n/format";
import { detailText } from "../../parts/crmDetail";
import { Button } from "../../ui/Button";
import { Tag } from "../../ui/Tag";
import contextCss from "../Context.module.css";
import css from "./Crm.module.css";
import { Outside } from "./Outside";

interface CrmLogStateProps {
  log: CrmLog;
  /** Whom it is filed under, "" if nobody. */
  under: string;
  onRetry: () => void;
}

const tones = { pending: "plain", posted: "ok", failed: "warn" } as const;

/** CrmLogState says how a log outside stands: pending, logged and where it went, or failed and why (DYN-06, DYN-08). */
export function CrmLogState({ log, under, onRetry }: CrmLogStateProps) {
  const { t } = useTranslation();
  return (
    <div className={css.log} data-log={log.state} role="status">
      <div className={contextCss.head}>
        <span>{t("crm.log.title")}</span>
        <Tag tone={tones[log.state]}>{t(`crm.log.${log.state}`)}</Tag>
      </div>
      {log.state === "posted" && (
        <p className={contextCss.quiet}>
          {under
            ? t("crm.log.under", { name: under, at: dateTime(log.posted_at) })
            : t("crm.log.alone", { at: dateTime(log.posted_at) })}
        </p>
      )}
      {log.state === "posted" && log.owner === "integration" && (
        <p className={contextCss.quiet}>{t("crm.log.own")}</p>
      )}
      {log.state === "pending" && (
        <p className={contextCss.quiet}>
          {t(log.attempt > 0 ? "crm.log.tried" : "crm.log.waits", { count: log.attempt })}
        </p>
      )}
      {log.state !== "posted" && log.error && <p>{codeText(t, log.error)}</p>}
      {log.state === "failed" && log.detail && (
        <p className={contextCss.quiet}>{detailText(t, log.detail)}</p>
      )}
      {log.state === "failed" && log.error === "not_found" && <p>{t("crm.log.elsewhere")}</p>}
      <div className={contextCss.acts}>
        {log.url && <Outside href={log.url}>{t("crm.log.open")}</Outside>}
        {log.state === "failed" && (
          <Button size="xs" onClick={onRetry}>
            {t("action.retry")}
          </Button>
        )}
      </div>
    </div>
  );
}

/** underOf names the record a log is filed under, "" if nobody. */
export function underOf(k: CrmKnown): string {
  return k.records.find((r) => r.id === k.log?.regarding.id)?.name ?? "";
}

const codes = [
  "throttled",
  "transient",
  "auth",
  "forbidden",
  "not_found",
  "duplicate",
  "too_long",
  "bad_request",
  "config",
  "given_up",
  "removed",
] as const;

/** codeText is why a CRM has not got a log; what we have no word for keeps its own. */
function codeText(t: T, code: string): string {
  const known = codes.find((c) => c === code);
  return known ? t(`crm.code.${known}`) : code;
}
