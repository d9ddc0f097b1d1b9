import type { ReactNode } from "react";
import styles from "./Card.module.css";

interface CardProps {
  title?: string;
  about?: string;
  actions?: ReactNode;
  children: ReactNode;
}

/** Card is one stretch of a page: a heading and what belongs to it. */
export function Card({ title, about, actions, children }: CardProps) {
  return (
    <section className={styles.card}>
      {(title || about || actions) && (
        <header className={styles.head}>
          <div>
            {title && <h2 className={styles.title}>{title}</h2>}
            {about && <p className={styles.about}>{about}</p>}
          </div>
          {actions}
        </header>
      )}
      {children}
    </section>
  );
}
