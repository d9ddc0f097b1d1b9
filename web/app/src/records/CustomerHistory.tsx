import type { Customer } from "@parley/protocol";
import { useTranslation } from "react-i18next";
import { keys } from "../api/query";
import { dateTime } from "../i18n/format";
import { usePages } from "../parts/usePages";
import { Button } from "../ui/Button";
import { Card } from "../ui/Card";
import styles from "./Record.module.css";

interface Changed {
  rev: number;
  field: string;
  before: string;
  after: string;
  by: string;
  at: number;
}

interface CustomerHistoryProps {
  customer: Customer;
  label: (field: string) => string;
}

/** CustomerHistory says who changed what of a customer, and when. Source: CRM-02. */
export function CustomerHistory({ customer, label }: CustomerHistoryProps) {
  const { t } = useTranslation();
  const pages = usePages<Changed>(
    keys.customers(customer.id, "history"),
    `/api/customers/${customer.id}/history`,
  );
  return (
    <Card title={t("customers.history.title")}>
      {pages.items.length === 0 && <p className={styles.foot}>{t("customers.history.none")}</p>}
      {pages.items.map((c) => (
        <div key={`${c.rev} ${c.field}`} className={styles.reply}>
          <header>
            <b>{c.by || t("customers.history.system")}</b> <time>{dateTime(c.at)}</time>
          </header>
          <p className={styles.words} dir="auto">
            {t("customers.history.change", {
              field: label(c.field),
              before: c.before || t("editor.emptyValue"),
              after: c.after || t("editor.emptyValue"),
            })}
          </p>
        </div>
      ))}
      {pages.more && (
        <Button busy={pages.loadingMore} onClick={pages.more}>
          {t("action.more")}
        </Button>
      )}
    </Card>
  );
}
