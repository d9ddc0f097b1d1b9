import { Menu } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "wouter";
import { Button } from "../ui/Button";
import type { Column } from "../ui/DataTable";
import { Icon } from "../ui/Icon";
import { prefer, usePreferences } from "./preferences";

/** chosenColumns returns those of the columns that are meant; the first one leads to the row, and always stays. */
export function chosenColumns<C extends { key: string }>(all: readonly C[], keys: readonly string[]): C[] {
  const known = all.filter((c) => keys.includes(c.key));
  return known.length === 0 ? [...all] : all.filter((c, n) => n === 0 || keys.includes(c.key));
}

/** useColumns reads which columns a list shows: those of its address, so that a saved list keeps them, else those this person chose last. */
export function useColumns<T>(list: string, all: readonly Column<T>[]): Column<T>[] {
  const [search] = useSearchParams();
  const mine = usePreferences().columns[list] ?? [];
  return chosenColumns(all, search.get("columns")?.split(",") ?? mine);
}

/** ColumnsMenu chooses the columns of a list. */
export function ColumnsMenu<T>({ list, all }: { list: string; all: readonly Column<T>[] }) {
  const { t } = useTranslation();
  const [, setSearch] = useSearchParams();
  const { columns } = usePreferences();
  const shown = useColumns(list, all).map((c) => c.key);
  const toggle = (key: string) => {
    const next = all.map((c) => c.key).filter((k) => (k === key ? !shown.includes(k) : shown.includes(k)));
    prefer({ columns: { ...columns, [list]: next } });
    setSearch(
      (before) => {
        const after = new URLSearchParams(before);
        after.set("columns", next.join(","));
        return after;
      },
      { replace: true },
    );
  };
  return (
    <Menu position="bottom-end" closeOnItemClick={false}>
      <Menu.Target>
        <Button>{t("records.columns")}</Button>
      </Menu.Target>
      <Menu.Dropdown>
        {all.slice(1).map((c) => (
          <Menu.Item
            key={c.key}
            role="menuitemcheckbox"
            aria-checked={shown.includes(c.key)}
            leftSection={shown.includes(c.key) ? <Icon name="check" size={14} /> : <span />}
            onClick={() => toggle(c.key)}
          >
            {c.head}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
