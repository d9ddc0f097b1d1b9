import type { ReactNode } from "react";
import styles from "./Tag.module.css";

/** Tag is a word about a record's state. */
export function Tag({
  tone = "plain",
  children,
}: {
  tone?: "plain" | "ok" | "warn" | "info";
  children: ReactNode;
}) {
  return (
    <span className={styles.tag} data-tone={tone}>
      {children}
    </span>
  );
}
