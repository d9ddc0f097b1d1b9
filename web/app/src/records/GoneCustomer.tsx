import type { Customer } from "@parley/protocol";
import { useTranslation } from "react-i18next";
import { api } from "../api/client";
import { dateTime, number } from "../i18n/format";
import { Facts } from "../parts/Facts";
import { Button } from "../ui/Button";
import { Card } from "../ui/Card";
import { Page } from "../ui/Page";
import { Tag } from "../ui/Tag";
import { EraseCustomer } from "./EraseCustomer";
import { fullName } from "./names";
import styles from "./Record.module.css";
import { useDoing } from "./useDoing";
import { useRights } from "./useRights";

/** GoneCustomer is one who is no longer among the customers: deleted and able to come back, or erased, with the receipt. Source: CRM-02, A-118. */
export function GoneCustomer({ customer }: { customer: Customer }) {
  const { t } = useTranslation();
  const may = useRights();
  const doing = useDoing(customer.id);
  const gone = customer.retired;
  if (!gone) return null;
  const name = fullName(customer) || t("records.customer.unnamed");
  const receipt = gone.receipt;
  return (
    <Page
      title={gone.why === "erased" ? t("customers.erasedTitle") : name}
      mark={<Tag tone="warn">{t(`customers.why.${gone.why}`)}</Tag>}
      back={{ href: "/agent/customers", label: t("nav.customers") }}
      actions={
        gone.why === "deleted" && (
          <>
            <Button
              look="main"
              {...may("delete")}
              onClick={() =>
                void doing(
                  () => api.post(`/api/customers/${customer.id}/restoration`),
                  t("customers.restored", { name }),
                )
              }
            >
              {t("customers.restore")}
            </Button>
            <EraseCustomer customer={customer} />
          </>
        )
      }
    >
      {gone.why === "deleted" && (
        <p>{t("customers.deletedUntil", { at: dateTime(gone.at), until: dateTime(gone.until) })}</p>
      )}
      {receipt && (
        <Card title={t("customers.receipt.title")} about={t("customers.receipt.about")}>
          <Facts
            rows={[
              [t("customers.receipt.number"), receipt.id],
              [t("customers.receipt.begun"), dateTime(receipt.at)],
              [
                t("customers.receipt.done"),
                receipt.done_at ? dateTime(receipt.done_at) : t("customers.receipt.underWay"),
              ],
              [t("customers.receipt.requests"), number(receipt.requests)],
              [t("customers.receipt.files"), number(receipt.files)],
              [t("customers.receipt.lists"), number(receipt.lists ?? 0)], // older receipts say nothing
              [t("customers.receipt.messages"), number(receipt.stays.messages)],
              [t("customers.receipt.interactions"), number(receipt.stays.interactions)],
              [t("customers.receipt.cases"), number(receipt.stays.cases)],
              [t("customers.receipt.consents"), number(receipt.stays.consents ?? 0)], // older receipts say nothing
              [t("customers.receipt.optOuts"), number(receipt.stays.opt_outs)],
              [t("customers.receipt.blocks"), number(receipt.stays.blocks)],
            ]}
          />
          <p className={styles.foot}>{t("customers.receipt.backups")}</p>
        </Card>
      )}
    </Page>
  );
}
