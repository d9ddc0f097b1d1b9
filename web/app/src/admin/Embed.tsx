import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../ui/Button";
import { Card } from "../ui/Card";
import { EmptyState } from "../ui/EmptyState";
import { Icon } from "../ui/Icon";
import styles from "./Admin.module.css";
import { embedCode, embedPolicy } from "./embed";
import type { EntryPoint } from "./types";

/** Embed gives the line that puts the widget on a page, and a page to try it on. */
export function Embed({ entryPoint }: { entryPoint: EntryPoint }) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  if (!entryPoint.id) return <EmptyState icon="globe" title={t("admin.entry.saveFirst")} />;
  const code = embedCode(window.location.origin, entryPoint.id);
  const copy = async () => {
    await navigator.clipboard.writeText(code);
    setCopied(true);
  };
  return (
    <Card title={t("admin.entry.embed")} about={t("admin.entry.embedAbout")}>
      <code className={styles.code}>{code}</code>
      <div className={styles.row}>
        <Button look="main" icon={<Icon name={copied ? "check" : "link"} size={16} />} onClick={copy}>
          {copied ? t("action.copied") : t("action.copy")}
        </Button>
        <a href={`/widget/${entryPoint.id}`} target="_blank" rel="noreferrer">
          {t("admin.entry.preview")}
        </a>
      </div>
      <p className={styles.quiet}>
        {t("admin.entry.embedPolicy")} <code>{embedPolicy(window.location.origin)}</code>
      </p>
      {(entryPoint.allowed_origins ?? []).length === 0 && (
        <p className={styles.note}>{t("admin.entry.noOrigins")}</p>
      )}
    </Card>
  );
}
