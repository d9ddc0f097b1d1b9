import { useTranslation } from "react-i18next";
import type { T } from "../../i18n";
import { dateTime } from "../../i18n/format";
import type { Column } from "../../ui/DataTable";
import { Tag } from "../../ui/Tag";
import { ObjectList } from "../ObjectList";
import type { Webhook } from "./types";

/** WebhookList lists who outside is told what happens here. Source: API-02. */
export function WebhookList() {
  const { t } = useTranslation();
  const columns: Column<Webhook>[] = [
    {
      key: "name",
      head: t("admin.webhook.name"),
      cell: (w) => (
        <>
          {w.name} <StateTag webhook={w} />
        </>
      ),
    },
    { key: "url", head: t("admin.webhook.url"), extra: true, cell: (w) => w.url },
    { key: "events", head: t("admin.webhook.events"), cell: (w) => typesOf(t, w.events) },
    {
      key: "verified",
      head: t("admin.webhook.verified"),
      extra: true,
      cell: (w) => dateTime(w.verified_at) || t("admin.webhook.never"),
    },
  ];
  return (
    <ObjectList
      noun="webhooks"
      title={t("admin.section.webhooks")}
      about={t("admin.webhook.about")}
      make={t("admin.webhook.new")}
      icon="link"
      none={t("admin.webhook.none")}
      columns={columns}
      text={(w) => `${w.name} ${w.url}`}
      tone={(w) => (w.why ? "breach" : w.failing_since > 0 ? "warn" : null)}
    />
  );
}

/** StateTag says what is wrong with a webhook, or nothing. */
export function StateTag({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation();
  if (webhook.why === "gone") return <Tag tone="warn">{t("admin.webhook.gone")}</Tag>;
  if (webhook.why) return <Tag tone="warn">{t("admin.webhook.givenUp")}</Tag>;
  if (!webhook.enabled) return <Tag>{t("admin.off")}</Tag>;
  if (webhook.failing_since > 0) return <Tag tone="warn">{t("admin.webhook.failing")}</Tag>;
  return null;
}

function typesOf(t: T, events: string[]): string {
  return events.map((type) => t(`admin.webhook.type.${type}` as "admin.webhook.type.message")).join(", ");
}
