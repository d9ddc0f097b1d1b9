import type { RecordField } from "@parley/protocol";
import { useTranslation } from "react-i18next";
import { keys } from "../api/query";
import type { T } from "../i18n";
import { dateTime } from "../i18n/format";
import { usePages } from "../parts/usePages";
import { Button } from "../ui/Button";
import { Card } from "../ui/Card";
import { labelOf, useRecordFields } from "./CustomFields";
import styles from "./Record.module.css";
import type { Changed } from "./work";

const named = [
  "customer",
  "status",
  "draft",
  "subject",
  "notes",
  "description",
  "visibility",
  "severity",
  "priority",
  "assignee",
  "follows",
] as const;

/** changeText says in a sentence what one save changed of one field. */
function changeText(t: T, c: Changed, own: readonly RecordField[]): string {
  const custom = own.find((f) => f.id === c.field);
  const known = named.find((n) => n === c.field) ?? "other";
  const field = custom ? labelOf(custom) : t(`cases.history.field.${known}`);
  const [before, after] = [valueText(t, c.field, c.before), valueText(t, c.field, c.after)];
  if (!c.before) return t("cases.history.set", { field, after });
  if (!c.after) return t("cases.history.cleared", { field, before });
  return t("cases.history.from", { field, before, after });
}

function valueText(t: T, field: string, value: string): string {
  if (!value) return value;
  switch (field) {
    case "status":
      return t(`case.${value as "open"}`);
    case "visibility":
      return t(`cases.visibilities.${value as "everyone"}`);
    case "severity":
      return t(`cases.severities.${value as "minor"}`);
    case "priority":
      return t(`cases.priorities.${value as "low"}`);
    case "draft":
      return t(value === "true" ? "editor.yes" : "editor.no");
    case "follows":
      return t("cases.number", { n: value });
  }
  return value;
}

/** CaseHistory is who changed what of a case when. Source: CRM-02. */
export function CaseHistory({ id }: { id: string }) {
  const { t } = useTranslation();
  const own = useRecordFields("case").data ?? [];
  const pages = usePages<Changed>(keys.cases(id, "changes"), `/api/cases/${id}/changes`);
  return (
    <Card title={t("cases.history.title")}>
      {!pages.pending && pages.items.length === 0 && <p className={styles.foot}>{t("cases.history.none")}</p>}
      {pages.items.map((c) => (
        <article key={`${c.rev} ${c.field}`} className={styles.reply}>
          <header>
            <b>{c.by || t("cases.history.system")}</b> <time>{dateTime(c.at)}</time>
          </header>
          <p className={styles.words}>{changeText(t, c, own)}</p>
        </article>
      ))}
      {pages.more && (
        <Button size="xs" busy={pages.loadingMore} onClick={pages.more}>
          {t("cases.history.more")}
        </Button>
      )}
    </Card>
  );
}
