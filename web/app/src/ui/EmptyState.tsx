import type { ReactNode } from "react";
import css from "./EmptyState.module.css";
import { Icon, type IconName } from "./Icon";

interface EmptyStateProps {
  title: string;
  icon?: IconName;
  /** A sentence under the title. */
  text?: string;
  /** Buttons. */
  children?: ReactNode;
}

/** EmptyState says why there is nothing here and what one can do about it. */
export function EmptyState({ title, icon, text, children }: EmptyStateProps) {
  return (
    <div className={css.empty}>
      {icon && (
        <span className={css.icon}>
          <Icon name={icon} size={28} />
        </span>
      )}
      <p className={css.title}>{title}</p>
      {text && <p className={css.text}>{text}</p>}
      {children && <div className={css.actions}>{children}</div>}
    </div>
  );
}
