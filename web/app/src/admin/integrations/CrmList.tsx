import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { floor } from "../../live/floor";
import { Loaded } from "../../parts/Loaded";
import { Button } from "../../ui/Button";
import { type Column, DataTable } from "../../ui/DataTable";
import { EmptyState } from "../../ui/EmptyState";
import { Icon } from "../../ui/Icon";
import { Page } from "../../ui/Page";
import { Tag } from "../../ui/Tag";
import type { CrmConnection } from "./types";
import { named, useConnections, useKinds } from "./useCrms";

/** CrmList lists the CRMs outside that the center is connected to. Source: DYN-09. */
export function CrmList() {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const query = useConnections();
  const kinds = useKinds().data?.items ?? [];
  const columns: Column<CrmConnection>[] = [
    {
      key: "name",
      head: t("crms.admin.name"),
      cell: (c) => c.name,
    },
    {
      key: "kind",
      head: t("crms.admin.kind"),
      extra: true,
      cell: (c) => kinds.find((k) => k.kind === c.kind)?.name ?? c.kind,
    },
    { key: "state", head: t("crms.admin.state"), cell: (c) => <CrmState connection={c} /> },
    { key: "pending", head: t("crm.log.pending"), end: true, cell: (c) => c.pending || "" },
    { key: "failed", head: t("crm.log.failed"), end: true, cell: (c) => c.failed || "" },
  ];
  const button = (
    <Button
      look="main"
      icon={<Icon name="plus" size={16} />}
      onClick={() => go("/admin/crm-connections/new")}
    >
      {t("crms.admin.new")}
    </Button>
  );
  return (
    <Page title={t("admin.section.crm-connections")} about={t("crms.admin.about")} actions={button}>
      <Loaded query={query}>
        {(page) => (
          <DataTable
            label={t("admin.section.crm-connections")}
            columns={columns}
            rows={page.items}
            href={(c) => `/admin/crm-connections/${c.id}`}
            empty={<EmptyState icon="link" title={t("crms.admin.none")} />}
          />
        )}
      </Loaded>
    </Page>
  );
}

/** How long a log may be on its way before it counts as one that waits. Unit: milliseconds. */
const soon = 60_000;

/** CrmState says how a connection stands: what nobody has tried is not said to work. */
export function CrmState({ connection: c }: { connection: CrmConnection }) {
  const { t } = useTranslation();
  if (c.paused === "admin") return <Tag>{t("crms.admin.paused")}</Tag>;
  if (c.paused) return <Tag tone="warn">{t("crms.admin.locked")}</Tag>;
  if (c.heard && c.heard !== "ok") return <Tag tone="warn">{named(t, "code", c.heard)}</Tag>;
  if (c.failed > 0) return <Tag tone="warn">{t("crms.admin.refused")}</Tag>;
  if (c.oldest_pending > 0 && floor.now() - c.oldest_pending > soon)
    return <Tag tone="warn">{t("crms.admin.waits")}</Tag>;
  if (!c.heard) return <Tag>{t("crms.admin.unheard")}</Tag>;
  return <Tag tone="ok">{t("crms.admin.on")}</Tag>;
}
