import { type ReactNode, useEffect } from "react";
import { Link } from "wouter";
import { Icon } from "./Icon";
import styles from "./Page.module.css";
import { title as named } from "./title";

interface PageProps {
  title: string;
  /** One sentence on what the page is for. */
  about?: string;
  back?: { href: string; label: string };
  /** Beside the title: a state, a number. */
  mark?: ReactNode;
  actions?: ReactNode;
  /** Forms and records are read in a column; lists take the room there is. */
  narrow?: boolean;
  children: ReactNode;
}

/** Page is the frame of everything that is not the agent's workspace; its title is the tab's too. */
export function Page({ title, about, back, mark, actions, narrow, children }: PageProps) {
  useEffect(() => named("page", title), [title]);
  return (
    <div className={styles.page} data-narrow={narrow ? "" : undefined}>
      {back && (
        <Link href={back.href} className={styles.back}>
          <Icon name="left" size={14} />
          {back.label}
        </Link>
      )}
      <header className={styles.head}>
        <div className={styles.words}>
          <h1 className={styles.title}>
            {title} {mark}
          </h1>
          {about && <p className={styles.about}>{about}</p>}
        </div>
        {actions && <div className={styles.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}
