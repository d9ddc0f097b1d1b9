import type { Case, Customer } from "@parley/protocol";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { ago } from "../i18n/format";
import { Address } from "../ui/Address";
import css from "./RecordCard.module.css";

interface RecordCardProps {
  customer: Customer;
  cases: Case[];
  now: number;
  /** Buttons beside the name. */
  actions?: ReactNode;
}

/** RecordCard is a customer of the local CRM with their cases, to read. */
export function RecordCard({ customer: c, cases, now, actions }: RecordCardProps) {
  const { t } = useTranslation();
  return (
    <section className={css.record}>
      <header className={css.head}>
        <div>
          <Link href={`/agent/customers/${c.id}`} className={css.name}>
            {`${c.first_name} ${c.last_name}`.trim()}
          </Link>
          <p className={css.account}>{t("agent.record.account", { number: c.account_number })}</p>
        </div>
        {actions}
      </header>
      <ul className={css.ways}>
        {[...c.emails, ...c.phones].map((way) => (
          <li key={way}>
            <Address of={way} />
          </li>
        ))}
      </ul>
      <h2 className={css.sub}>{t("agent.record.cases")}</h2>
      {cases.length === 0 && <p className={css.none}>{t("agent.record.noCases")}</p>}
      <ul className={css.cases}>
        {cases.slice(0, 6).map((one) => (
          <li key={one.id}>
            <Link href={`/agent/cases/${one.id}`}>
              <span className="tabular">{one.number}</span> {one.subject || t("agent.record.noSubject")}
            </Link>
            <span className={css.state}>
              {t(`case.${one.draft ? "draft" : one.status}`)} · {ago(one.created_at, now)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
