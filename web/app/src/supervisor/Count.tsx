import { Link } from "wouter";
import { number } from "../i18n/format";
import styles from "./Live.module.css";

/** Count is a number that opens the list behind it (UX-53). */
export function Count({ n, href, what }: { n: number; href: string; what: string }) {
  if (n === 0) return <span className={styles.quiet}>{number(0)}</span>;
  return (
    <Link href={href} className={styles.count} aria-label={`${what}: ${number(n)}`}>
      {number(n)}
    </Link>
  );
}
