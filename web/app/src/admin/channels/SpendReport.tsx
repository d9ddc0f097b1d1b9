import { Select } from "@mantine/core";
import type { Page as Listed } from "@parley/protocol";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, path } from "../../api/client";
import { keys } from "../../api/query";
import { number } from "../../i18n/format";
import { Loaded } from "../../parts/Loaded";
import { Card } from "../../ui/Card";
import { type Column, DataTable } from "../../ui/DataTable";
import { EmptyState } from "../../ui/EmptyState";
import styles from "../Admin.module.css";
import { type Listed as Countries, countryName, money, type Spend } from "./countries";

/** How many years one can look back. */
const years = 5;

/** SpendReport is what texts cost, by month and country. Source: SMS-01. */
export function SpendReport() {
  const { t } = useTranslation();
  const now = new Date().getFullYear();
  const [year, setYear] = useState(now);
  const query = useQuery({
    queryKey: keys.admin("sms-spend", year),
    queryFn: async () => (await api.get<Listed<Spend>>("/api/admin/sms-spend", { year })).items,
  });
  const prices = useQuery({
    queryKey: keys.admin("sms-countries"),
    queryFn: () => api.get<Countries>("/api/admin/sms-countries"),
  });
  const currency = prices.data?.currency ?? "";
  type Row = Spend & { id: string };
  const columns: Column<Row>[] = [
    { key: "month", head: t("admin.sms.month"), cell: (s) => s.month },
    {
      key: "country",
      head: t("admin.sms.country"),
      cell: (s) => (s.country ? countryName(s.country) : t("admin.sms.nowhere")),
    },
    { key: "messages", head: t("admin.sms.messages"), end: true, cell: (s) => number(s.messages) },
    { key: "segments", head: t("admin.sms.segments"), end: true, cell: (s) => number(s.segments) },
    { key: "cost", head: t("admin.sms.cost", { currency }), end: true, cell: (s) => money(s.cost_micros) },
  ];
  return (
    <Card title={t("admin.sms.spend")} about={t("admin.sms.spendAbout")}>
      <div className={styles.row}>
        <Select
          aria-label={t("admin.sms.year")}
          data={Array.from({ length: years }, (_, back) => String(now - back))}
          value={String(year)}
          allowDeselect={false}
          onChange={(value) => setYear(Number(value))}
        />
        <a href={path("/api/admin/sms-spend/csv", { year })} download>
          {t("admin.sms.csv")}
        </a>
      </div>
      <Loaded query={query}>
        {(rows) => (
          <DataTable
            label={t("admin.sms.spend")}
            columns={columns}
            rows={rows.map((s) => ({ ...s, id: `${s.month} ${s.country}` }))}
            empty={<EmptyState icon="sms" title={t("admin.sms.spendNone")} />}
          />
        )}
      </Loaded>
    </Card>
  );
}
