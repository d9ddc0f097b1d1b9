import type { Customer } from "@parley/protocol";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "../api/client";
import { keys } from "../api/query";
import { problemText } from "../parts/problem";
import { useVerified } from "../parts/useVerified";
import { Address } from "../ui/Address";
import { Button } from "../ui/Button";
import { Card } from "../ui/Card";
import { Icon } from "../ui/Icon";
import { Tag } from "../ui/Tag";
import { toast } from "../ui/toast";
import styles from "./Record.module.css";

/** Verified says which addresses somebody made sure of: only to those anything is mailed. Source: CRM-03. */
export function Verified({ customer }: { customer: Customer }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const verified = useVerified(customer.id);
  async function set(email: string, sure: boolean) {
    const at = `/api/customers/${customer.id}/verified-emails/${encodeURIComponent(email)}`;
    try {
      await (sure ? api.put(at) : api.delete(at));
      await client.invalidateQueries({ queryKey: keys.customers(customer.id, "verified") });
      toast(t(sure ? "cases.verified.marked" : "cases.verified.unmarked", { email }), "good");
    } catch (error) {
      toast(problemText(t, error), "bad");
    }
  }
  const emails = customer.emails ?? [];
  return (
    <Card title={t("cases.verified.title")} about={t("cases.verified.about")}>
      {emails.length === 0 && <p className={styles.foot}>{t("cases.verified.none")}</p>}
      {emails.map((email) => {
        const sure = verified.includes(email);
        return (
          <div key={email} className={styles.row}>
            <Icon name={sure ? "check" : "shield"} size={16} />
            <span dir="auto">
              <Address of={email} />
            </span>
            <Tag tone={sure ? "ok" : "warn"}>{t(sure ? "cases.verified.yes" : "cases.verified.no")}</Tag>
            <Button size="xs" onClick={() => void set(email, !sure)}>
              {t(sure ? "cases.verified.unmark" : "cases.verified.mark")}
            </Button>
          </div>
        );
      })}
    </Card>
  );
}
