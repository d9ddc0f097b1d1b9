import type { Customer, Evidence } from "@parley/protocol";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { api } from "../api/client";
import { keys } from "../api/query";
import { dateTime } from "../i18n/format";
import { Button } from "../ui/Button";
import { Card } from "../ui/Card";
import { Tag } from "../ui/Tag";
import { MergeDialog } from "./MergeDialog";
import { fullName } from "./names";
import styles from "./Record.module.css";
import { useDoing } from "./useDoing";
import { useRights } from "./useRights";

interface Duplicate {
  customer: Customer;
  evidence: Evidence[];
}

interface Merged {
  id: string;
  gone_id: string;
  name: string;
  by: string;
  at: number;
}

/** Duplicates suggests who may be the same person, with what speaks for it, and what was merged already. Nothing is merged by itself. Source: CRM-02. */
export function Duplicates({ customer }: { customer: Customer }) {
  const { t } = useTranslation();
  const may = useRights();
  const doing = useDoing(customer.id);
  const [chosen, setChosen] = useState<Customer | null>(null);
  const at = `/api/customers/${customer.id}`;
  const found = useQuery({
    queryKey: keys.customers(customer.id, "duplicates"),
    queryFn: async () => (await api.get<{ items: Duplicate[] | null }>(`${at}/duplicates`)).items ?? [],
  });
  const merged = useQuery({
    queryKey: keys.customers(customer.id, "merges"),
    queryFn: async () => (await api.get<{ items: Merged[] | null }>(`${at}/merges`)).items ?? [],
  });
  const undo = (m: Merged) =>
    doing(() => api.delete(`${at}/merges/${m.id}`), t("customers.merge.undone", { name: m.name }));
  if (!found.data?.length && !merged.data?.length) return null;
  return (
    <Card title={t("customers.duplicates.title")} about={t("customers.duplicates.about")}>
      {(found.data ?? []).map((d) => (
        <div key={d.customer.id} className={styles.reply}>
          <Link href={`/agent/customers/${d.customer.id}`}>
            {fullName(d.customer) || t("records.customer.unnamed")} · {d.customer.account_number}
          </Link>
          <div className={styles.row}>
            {d.evidence.map((e) => (
              <Tag key={e.kind + e.value}>{t(`customers.duplicates.kind.${e.kind}`, { value: e.value })}</Tag>
            ))}
            <Button size="xs" {...may("merge")} onClick={() => setChosen(d.customer)}>
              {t("customers.merge.open")}
            </Button>
          </div>
        </div>
      ))}
      {(merged.data ?? []).map((m) => (
        <div key={m.id} className={styles.row}>
          <span className={styles.grow}>
            {t("customers.merge.was", { name: m.name, by: m.by, at: dateTime(m.at) })}
          </span>
          <Button size="xs" {...may("merge")} onClick={() => void undo(m)}>
            {t("customers.merge.undo")}
          </Button>
        </div>
      ))}
      {chosen && <MergeDialog customer={customer} other={chosen} onClose={() => setChosen(null)} />}
    </Card>
  );
}
