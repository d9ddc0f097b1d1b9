import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../ui/Icon";
import { IconButton } from "../ui/IconButton";
import styles from "./Ordered.module.css";

interface OrderedProps<T> {
  items: readonly T[];
  id: (item: T) => string;
  name: (item: T) => string;
  onChange: (items: T[]) => void;
  removable?: boolean;
  children: (item: T, index: number) => ReactNode;
}

/** moved returns items with the one at `from` moved by one place. */
export function moved<T>(items: readonly T[], from: number, by: -1 | 1): T[] {
  const to = from + by;
  if (to < 0 || to >= items.length) return [...items];
  const next = [...items];
  [next[from], next[to]] = [next[to]!, next[from]!];
  return next;
}

/** Ordered is a list whose order is a person's choice: by buttons, so that no dragging is needed (WCAG 2.5.7). */
export function Ordered<T>({ items, id, name, onChange, removable, children }: OrderedProps<T>) {
  const { t } = useTranslation();
  return (
    <ol className={styles.list}>
      {items.map((item, index) => (
        <li key={id(item)} className={styles.item}>
          <div className={styles.body}>{children(item, index)}</div>
          <div className={styles.buttons}>
            <IconButton
              label={t("admin.upOf", { name: name(item) })}
              disabled={index === 0}
              onClick={() => onChange(moved(items, index, -1))}
            >
              <Icon name="up" size={16} />
            </IconButton>
            <IconButton
              label={t("admin.downOf", { name: name(item) })}
              disabled={index === items.length - 1}
              onClick={() => onChange(moved(items, index, 1))}
            >
              <Icon name="down" size={16} />
            </IconButton>
            {removable && (
              <IconButton
                label={t("admin.removeOf", { name: name(item) })}
                onClick={() => onChange(items.filter((_, n) => n !== index))}
              >
                <Icon name="x" size={16} />
              </IconButton>
            )}
          </div>
        </li>
      ))}
    </ol>
  );
}
