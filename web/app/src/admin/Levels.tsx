import { Select, Switch } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Icon } from "../ui/Icon";
import { IconButton } from "../ui/IconButton";
import styles from "./Levels.module.css";

/** Leveled is a thing somebody has at a level, perhaps switched on or off. */
type Leveled = { id: string; level: number; assigned?: boolean; enabled?: boolean };

interface LevelsProps {
  /** What the list holds: Skills. */
  label: string;
  items: readonly Leveled[];
  options: readonly (readonly [id: string, name: string])[];
  /** What a new one starts as. */
  fresh: Omit<Leveled, "id">;
  add: string;
  none: string;
  fault: (index: number) => string | undefined;
  onChange: (items: Leveled[]) => void;
}

const levels = Array.from({ length: 10 }, (_, n) => String((n + 1) * 10));

/** Levels edits who or what belongs to something, and how well: 10 to 100. Source: RTE-01, RTE-11, QUE-01. */
export function Levels({ label, items, options, fresh, add, none, fault, onChange }: LevelsProps) {
  const { t } = useTranslation();
  const names = new Map(options);
  const change = (index: number, part: Partial<Leveled>) =>
    onChange(items.map((item, n) => (n === index ? { ...item, ...part } : item)));
  const left = options.filter(([id]) => !items.some((item) => item.id === id));
  return (
    <fieldset className={styles.levels}>
      <legend className={styles.unseen}>{label}</legend>
      {items.length === 0 && <p className={styles.none}>{none}</p>}
      <ul>
        {items.map((item, index) => {
          const name = names.get(item.id) ?? item.id;
          return (
            <li key={item.id} className={styles.item}>
              <span className={styles.name}>{name}</span>
              <Select
                size="xs"
                className={styles.level}
                aria-label={t("admin.levelOf", { name })}
                data={levels}
                value={String(item.level)}
                allowDeselect={false}
                error={fault(index)}
                onChange={(level) => change(index, { level: Number(level) })}
              />
              {item.assigned !== undefined && (
                <Switch
                  size="sm"
                  label={t("admin.assigned")}
                  aria-label={t("admin.assignedOf", { name })}
                  checked={item.assigned}
                  onChange={(e) => change(index, { assigned: e.currentTarget.checked })}
                />
              )}
              {item.enabled !== undefined && (
                <Switch
                  size="sm"
                  label={t("admin.enabled")}
                  aria-label={t("admin.enabledOf", { name })}
                  checked={item.enabled}
                  onChange={(e) => change(index, { enabled: e.currentTarget.checked })}
                />
              )}
              <IconButton
                label={t("admin.removeOf", { name })}
                onClick={() => onChange(items.filter((_, n) => n !== index))}
              >
                <Icon name="x" size={16} />
              </IconButton>
            </li>
          );
        })}
      </ul>
      <Select
        className={styles.add}
        aria-label={add}
        placeholder={left.length > 0 ? add : t("admin.noneLeft")}
        leftSection={<Icon name="plus" size={14} />}
        data={left.map(([value, label]) => ({ value, label }))}
        value={null}
        searchable
        limit={50}
        disabled={left.length === 0}
        onChange={(id) => id && onChange([...items, { id, ...fresh }])}
      />
    </fieldset>
  );
}
