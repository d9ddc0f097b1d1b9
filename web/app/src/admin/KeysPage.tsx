import type { Page as Listed } from "@parley/protocol";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client";
import { keys } from "../api/query";
import type { T } from "../i18n";
import { dateTime } from "../i18n/format";
import { Confirm } from "../parts/Confirm";
import { Loaded } from "../parts/Loaded";
import { problemText } from "../parts/problem";
import { Button } from "../ui/Button";
import { type Column, DataTable } from "../ui/DataTable";
import { EmptyState } from "../ui/EmptyState";
import { Icon } from "../ui/Icon";
import { Page } from "../ui/Page";
import { Tag } from "../ui/Tag";
import { toast } from "../ui/toast";
import { NewKeyDialog } from "./NewKeyDialog";
import type { ApiKey } from "./types";

const where = "/api/admin/api-keys";

/** KeysPage lists the keys programs use; a new one is shown once and never again. */
export function KeysPage() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [making, setMaking] = useState(false);
  const [revoking, setRevoking] = useState<ApiKey | null>(null);
  const query = useQuery({ queryKey: keys.admin("api-keys"), queryFn: () => api.get<Listed<ApiKey>>(where) });
  const again = () => client.invalidateQueries({ queryKey: keys.admin("api-keys") });
  const make = (
    <Button look="main" icon={<Icon name="plus" size={16} />} onClick={() => setMaking(true)}>
      {t("admin.key.new")}
    </Button>
  );
  return (
    <Page title={t("admin.section.api-keys")} about={t("admin.key.about")} actions={make}>
      <Loaded query={query}>
        {(page) => (
          <DataTable
            label={t("admin.section.api-keys")}
            columns={columns(t, setRevoking)}
            rows={page.items}
            empty={
              <EmptyState icon="link" title={t("admin.key.none")} text={t("admin.key.about")}>
                {make}
              </EmptyState>
            }
          />
        )}
      </Loaded>
      <NewKeyDialog open={making} onClose={() => setMaking(false)} onMade={again} />
      <Confirm
        open={revoking !== null}
        title={t("admin.key.revokeTitle", { name: revoking?.name ?? "" })}
        verb={t("admin.key.revoke")}
        danger
        onClose={() => setRevoking(null)}
        onConfirm={async () => {
          try {
            await api.delete(`${where}/${revoking?.id}`);
            await again();
            return true;
          } catch (error) {
            toast(problemText(t, error), "bad");
            return false;
          }
        }}
      >
        <p>{t("admin.key.revokeText")}</p>
      </Confirm>
    </Page>
  );
}

function columns(t: T, onRevoke: (key: ApiKey) => void): Column<ApiKey>[] {
  return [
    {
      key: "name",
      head: t("admin.key.name"),
      cell: (k) => (
        <>
          {k.name} {k.revoked_at > 0 && <Tag>{t("admin.key.revoked")}</Tag>}
        </>
      ),
    },
    {
      key: "scopes",
      head: t("admin.key.scopes"),
      cell: (k) => k.scopes.map((s) => t(`admin.permission.${s}`)).join(", "),
    },
    { key: "made", head: t("admin.key.made"), extra: true, cell: (k) => dateTime(k.created_at) },
    { key: "used", head: t("admin.key.used"), cell: (k) => dateTime(k.used_at) || t("admin.key.never") },
    {
      key: "revoke",
      head: t("admin.key.revoke"),
      end: true,
      actions: true,
      cell: (k) =>
        k.revoked_at === 0 && (
          <Button
            size="xs"
            look="quiet"
            onClick={() => onRevoke(k)}
            aria-label={t("admin.key.revokeOf", { name: k.name })}
          >
            {t("admin.key.revoke")}
          </Button>
        ),
    },
  ];
}
