import { Modal } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { keys } from "../api/query";
import { dateTime } from "../i18n/format";
import { Facts } from "../parts/Facts";
import { PagedTable } from "../parts/PagedTable";
import { usePages } from "../parts/usePages";
import { Button } from "../ui/Button";
import type { Column } from "../ui/DataTable";
import { EmptyState } from "../ui/EmptyState";
import { Page } from "../ui/Page";
import styles from "./Admin.module.css";
import { AuditDifferences } from "./AuditDifferences";
import { subjectOf } from "./audit";
import { groupName } from "./groupName";
import type { AuditRow } from "./types";

type Row = Omit<AuditRow, "id"> & { id: string };

/** AuditPage is who changed what, when, from what to what. Nobody can change it. Source: CFG-04. */
export function AuditPage() {
  const { t, i18n } = useTranslation();
  const [open, setOpen] = useState<AuditRow | null>(null);
  const raw = usePages<AuditRow>(keys.admin("audit"), "/api/admin/audit");
  const pages = { ...raw, items: raw.items.map((row): Row => ({ ...row, id: String(row.id) })) };
  const who = (row: { actor: string; actor_name: string }) =>
    row.actor_name || row.actor || t("admin.audit.system");
  const what = (action: string) =>
    i18n.exists(`admin.did.${action}`) ? t(`admin.did.${action}` as "admin.did.save_queue") : action;
  const subject = (row: Omit<AuditRow, "id">) =>
    groupName(
      t,
      subjectOf(row, i18n.language.startsWith("fr"), (name) =>
        i18n.exists(`admin.audit.of.${name}`) ? t(`admin.audit.of.${name}` as "admin.audit.of.settings") : "",
      ),
    );
  const columns: Column<Row>[] = [
    {
      key: "at",
      head: t("admin.audit.at"),
      cell: (r) => <time className={styles.line}>{dateTime(r.at)}</time>,
    },
    { key: "who", head: t("admin.audit.who"), cell: (r) => <span className={styles.line}>{who(r)}</span> },
    { key: "what", head: t("admin.audit.what"), cell: (r) => what(r.action) },
    {
      key: "name",
      head: t("admin.audit.subject"),
      cell: subject,
    },
    { key: "ip", head: t("admin.session.ip"), extra: true, cell: (r) => r.ip },
    {
      key: "open",
      head: t("admin.audit.details"),
      end: true,
      actions: true,
      cell: (r) => (
        <Button
          size="xs"
          look="quiet"
          onClick={() => setOpen(raw.items.find((row) => String(row.id) === r.id) ?? null)}
          aria-label={t("admin.audit.detailsOf", { what: what(r.action), when: dateTime(r.at) })}
        >
          {t("admin.audit.details")}
        </Button>
      ),
    },
  ];
  return (
    <Page title={t("admin.section.audit")} about={t("admin.audit.about")}>
      <PagedTable
        label={t("admin.section.audit")}
        columns={columns}
        pages={pages}
        empty={<EmptyState icon="history" title={t("admin.audit.none")} />}
      />
      <Modal
        opened={open !== null}
        onClose={() => setOpen(null)}
        title={open ? what(open.action) : ""}
        size="lg"
        closeButtonProps={{ "aria-label": t("action.close") }}
      >
        {open && (
          <div className={styles.stack}>
            <Facts
              rows={[
                [t("admin.audit.at"), dateTime(open.at)],
                [t("admin.audit.who"), who(open)],
                [t("admin.audit.subject"), subject(open)],
                [t("admin.session.ip"), open.ip],
                [t("admin.audit.request"), open.request_id],
              ]}
            />
            <AuditDifferences row={open} />
          </div>
        )}
      </Modal>
    </Page>
  );
}
