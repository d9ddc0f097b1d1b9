import type { Interaction } from "@parley/protocol";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { floor } from "../live/floor";
import { Claimed, isClaimed } from "../parts/Claimed";
import { useNow } from "../parts/useNow";
import { Button } from "../ui/Button";
import { Icon } from "../ui/Icon";
import css from "./Match.module.css";
import { RecordCard } from "./RecordCard";
import { useCase, useCasesOf, useCustomer, useCustomers } from "./useRecords";

interface MatchProps {
  interaction: Interaction;
  /** Left out where one may only look: during an offer. */
  onLink?: (customer: string) => void;
  onChange?: () => void;
  onNew?: () => void;
}

/** MatchedCase is the case the customer named: it comes before their other ones (POP-04). */
function MatchedCase({ id }: { id: string }) {
  const { t } = useTranslation();
  const found = useCase(id).data;
  if (!found) return null;
  return (
    <Link href={`/agent/cases/${found.id}`} className={css.case}>
      <span>{t("agent.match.case")}</span>
      <strong>
        {found.number} {found.subject || t("agent.record.noSubject")}
      </strong>
      <span>{t(`case.${found.draft ? "draft" : found.status}`)}</span>
      {(found.description || found.notes) && (
        <p className={css.about} dir="auto">
          {found.description || found.notes}
        </p>
      )}
    </Link>
  );
}

/** Match shows whose interaction this may be: nobody's, one customer's, or several's to choose from (POP-02 to POP-05). */
export function Match({ interaction: i, onLink, onChange, onNew }: MatchProps) {
  const { t } = useTranslation();
  const linked = i.customer.id;
  const only = linked || (i.match.count === 1 ? (i.match.customer_ids[0] ?? "") : "");
  if (only) {
    return (
      <>
        {i.match.case_id && <MatchedCase id={i.match.case_id} />}
        {isClaimed(i, only) && (
          <div>
            <Claimed />
          </div>
        )}
        <Known id={only} linked={linked !== ""} onLink={onLink} onChange={onChange} />
      </>
    );
  }
  if (i.match.count > 1) return <Several interaction={i} onLink={onLink} onChange={onChange} onNew={onNew} />;
  return (
    <div className={css.none}>
      <p>{t("agent.match.none")}</p>
      {onNew && (
        <div className={css.acts}>
          <Button size="xs" look="main" icon={<Icon name="plus" size={15} />} onClick={onNew}>
            {t("agent.match.create")}
          </Button>
          <Button size="xs" icon={<Icon name="search" size={15} />} onClick={onChange}>
            {t("agent.match.search")}
          </Button>
        </div>
      )}
    </div>
  );
}

interface KnownProps extends Pick<MatchProps, "onLink" | "onChange"> {
  id: string;
  linked: boolean;
}

function Known({ id, linked, onLink, onChange }: KnownProps) {
  const { t } = useTranslation();
  const customer = useCustomer(id);
  const cases = useCasesOf(id);
  const now = useNow(floor.now);
  if (customer.isError) {
    return (
      <div className={css.none}>
        <p>{t("agent.match.failed")}</p>
        <div className={css.acts}>
          <Button size="xs" onClick={() => void customer.refetch()}>
            {t("action.retry")}
          </Button>
          <Link href={`/agent/customers/${id}`}>{t("agent.match.open")}</Link>
        </div>
      </div>
    );
  }
  if (!customer.data) return <div className={css.waiting} aria-busy="true" />;
  return (
    <RecordCard
      customer={customer.data}
      cases={cases.data?.items ?? []}
      now={now}
      actions={
        onChange && (
          <span className={css.acts}>
            {!linked && onLink && (
              <Button size="xs" look="main" onClick={() => onLink(id)}>
                {t("agent.match.link")}
              </Button>
            )}
            <Button size="xs" onClick={onChange}>
              {t("agent.match.change")}
            </Button>
          </span>
        )
      }
    />
  );
}

function Several({ interaction: i, onLink, onChange, onNew }: MatchProps) {
  const { t } = useTranslation();
  const customers = useCustomers(i.match.customer_ids);
  return (
    <div className={css.several}>
      <p className={css.title}>{t("agent.match.many", { count: i.match.count })}</p>
      {isClaimed(i, i.match.customer_ids[0] ?? "") && (
        <div>
          <Claimed />
        </div>
      )}
      <ul>
        {customers.map((c) => (
          <li key={c.id} className={css.one}>
            <div>
              <strong>{`${c.first_name} ${c.last_name}`.trim()}</strong>
              <span>{[c.account_number, ...c.emails.slice(0, 1)].join(" · ")}</span>
            </div>
            {onLink && (
              <Button size="xs" onClick={() => onLink(c.id)}>
                {t("agent.match.choose")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {onNew && (
        <div className={css.acts}>
          <Button size="xs" onClick={onNew}>
            {t("agent.match.create")}
          </Button>
          <Button size="xs" onClick={onChange}>
            {t("agent.match.search")}
          </Button>
        </div>
      )}
    </div>
  );
}
