import type { Page as Listed } from "@parley/protocol";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client";
import { keys } from "../../api/query";
import { dateTime } from "../../i18n/format";
import { Loaded } from "../../parts/Loaded";
import { Button } from "../../ui/Button";
import { type Column, DataTable } from "../../ui/DataTable";
import { EmptyState } from "../../ui/EmptyState";
import type { FlowChange, FlowScript } from "../types";
import { useNames } from "../useConfig";
import { Changes } from "./Changes";
import { PublishDialog } from "./PublishButton";

type Version = { id: string; version: number; by: string; why: string; at: number; changes: FlowChange[] };

/** Versions lists what was published, by whom and why; an older one can come into force again. */
export function Versions({ script }: { script: FlowScript }) {
  const { t } = useTranslation();
  const agents = new Map(useNames("agents"));
  const [back, setBack] = useState(0);
  const query = useQuery({
    queryKey: keys.admin("scripts", script.id, "versions"),
    queryFn: async () => {
      const page = await api.get<Listed<Omit<Version, "id">>>(`/api/admin/scripts/${script.id}/versions`);
      return (page.items ?? []).map((v): Version => ({ ...v, id: String(v.version) }));
    },
  });
  const columns: Column<Version>[] = [
    { key: "n", head: t("scripts.version"), cell: (v) => v.version },
    { key: "at", head: t("scripts.at"), cell: (v) => dateTime(v.at) },
    { key: "by", head: t("scripts.by"), cell: (v) => agents.get(v.by) ?? v.by },
    { key: "why", head: t("scripts.why"), cell: (v) => v.why },
    {
      key: "changes",
      head: t("scripts.what.head"),
      extra: true,
      cell: (v) => <Changes changes={v.changes} />,
    },
    {
      key: "back",
      head: t("scripts.rollBack"),
      end: true,
      actions: true,
      cell: (v) =>
        v.version !== script.published && (
          <Button
            size="xs"
            look="quiet"
            aria-label={t("scripts.rollBackTo", { n: v.version })}
            onClick={() => setBack(v.version)}
          >
            {t("scripts.rollBack")}
          </Button>
        ),
    },
  ];
  return (
    <Loaded query={query}>
      {(rows) => (
        <>
          <DataTable
            label={t("scripts.tab.versions")}
            columns={columns}
            rows={rows}
            empty={<EmptyState icon="history" title={t("scripts.noVersions")} />}
          />
          <PublishDialog script={script} version={back} open={back > 0} onClose={() => setBack(0)} />
        </>
      )}
    </Loaded>
  );
}
