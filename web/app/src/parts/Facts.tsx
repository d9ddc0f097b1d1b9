import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import styles from "./Facts.module.css";

/** Facts lists names and values; an empty value shows that nothing is known. */
export function Facts({ rows }: { rows: readonly (readonly [string, ReactNode])[] }) {
  const { t } = useTranslation();
  return (
    <dl className={styles.facts}>
      {rows.map(([name, value]) => (
        <div key={name} className={styles.row}>
          <dt>{name}</dt>
          <dd>{value === "" || value === null || value === undefined ? t("editor.unknown") : value}</dd>
        </div>
      ))}
    </dl>
  );
}
