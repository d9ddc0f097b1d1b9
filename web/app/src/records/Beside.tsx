import type { Comparison, Customer } from "@parley/protocol";
import { useTranslation } from "react-i18next";
import { dateTime } from "../i18n/format";
import { Icon } from "../ui/Icon";
import { Tag } from "../ui/Tag";
import styles from "./Beside.module.css";
import { labelOf, useRecordFields } from "./CustomFields";
import record from "./Record.module.css";

/** Row is what two customers say in one field. */
export interface Row {
  field: string;
  label: string;
  mine: string;
  theirs: string;
  /** Only one of the two can count; of the others both are kept. */
  one: boolean;
}

const names = ["first_name", "last_name", "account_number"] as const;
const texts = ["language", "zone", "notes"] as const;
const moving = ["conversations", "cases", "tasks", "letters"] as const;

/** useBeside is what two customers say, field by field; what neither says is left out. */
export function useBeside(stays: Customer, goes: Customer): Row[] {
  const { t } = useTranslation();
  const own = useRecordFields("customer").data ?? [];
  const networks = (c: Customer) => (c.keys ?? []).map((k) => k.handle || k.value).join(", ");
  const row = (field: string, label: string, of: (c: Customer) => string, one = true): Row => ({
    field,
    label,
    mine: of(stays),
    theirs: of(goes),
    one,
  });
  const rows = [
    ...names.map((f) => row(f, t(`records.customer.field.${f}`), (c) => c[f])),
    ...(["emails", "phones"] as const).map((f) =>
      row(f, t(`records.customer.field.${f}`), (c) => (c[f] ?? []).join(", "), false),
    ),
    row("keys", t("customers.field.keys"), networks, false),
    ...texts.map((f) => row(f, t(`customers.field.${f}`), (c) => c[f])),
    ...(["home", "other"] as const).map((f) =>
      row(f, t(`customers.field.${f}`), (c) => Object.values(c[f] ?? {}).join(", ")),
    ),
    ...own.map((f) => row(f.id, labelOf(f), (c) => c.fields?.[f.id] ?? "")),
    row("created", t("records.created"), (c) => dateTime(c.created_at), false),
  ];
  return rows.filter((r) => r.mine || r.theirs);
}

interface BesideProps {
  evidence: Comparison["evidence"];
  rows: Row[];
  moving: Comparison["own"];
  goes: Customer;
}

/** Beside shows what speaks for a merge, both records side by side, and what changes hands. */
export function Beside({ evidence, rows, moving: moves, goes }: BesideProps) {
  const { t } = useTranslation();
  const counts = [
    ...moving.map((what) => [what, moves[what]] as const),
    ["emails", goes.emails?.length ?? 0] as const,
    ["phones", goes.phones?.length ?? 0] as const,
    ["keys", goes.keys?.length ?? 0] as const,
  ].filter(([, count]) => count > 0);
  return (
    <>
      {evidence?.length ? (
        <div className={record.row}>
          <span>{t("customers.merge.alike")}</span>
          {evidence.map((e) => (
            <Tag key={e.kind + e.value}>{t(`customers.duplicates.kind.${e.kind}`, { value: e.value })}</Tag>
          ))}
        </div>
      ) : (
        <p className={record.hint}>
          <Icon name="triangle" size={16} />
          {t("customers.merge.nothingAlike")}
        </p>
      )}
      <div className={styles.scroll}>
        <table className={styles.beside} aria-label={t("customers.merge.both")}>
          <thead>
            <tr>
              <th scope="col">{t("customers.merge.field")}</th>
              <th scope="col">{t("customers.merge.stays")}</th>
              <th scope="col">{t("customers.merge.goes")}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.field}>
                <th scope="row">{row.label}</th>
                <td>{row.mine}</td>
                <td>{row.theirs}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p>
        {counts.length === 0
          ? t("customers.merge.nothingMoves")
          : t("customers.merge.moves", {
              what: counts.map(([what, count]) => t(`customers.merge.count.${what}`, { count })).join(", "),
            })}
      </p>
    </>
  );
}
