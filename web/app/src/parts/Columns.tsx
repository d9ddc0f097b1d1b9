import { Menu } from "@mantine/core";
import type { ChosenColumns } from "@parley/protocol";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "wouter";
import { api } from "../api/client";
import { keys, queryClient } from "../api/query";
import { Button } from "../ui/Button";
import type { Column } from "../ui/DataTable";
import { Icon } from "../ui/Icon";
import { toast } from "../ui/toast";
import { prefer, preferences, usePreferences } from "./preferences";
import { problemText } from "./problem";

/** chosenColumns returns those of the columns that are meant; the first one leads to the row, and always stays. */
export function chosenColumns<C extends { key: string }>(all: readonly C[], keys: readonly string[]): C[] {
  const known = all.filter((c) => keys.includes(c.key));
  return known.length === 0 ? [...all] : all.filter((c, n) => n === 0 || keys.includes(c.key));
}

/** useChosenColumns reads what this person chose, on whatever machine: the browser's own until the server has answered. */
function useChosenColumns(): Record<string, readonly string[]> {
  const { columns } = usePreferences();
  const { data } = useQuery({
    queryKey: keys.columns(),
    queryFn: () => api.get<ChosenColumns>("/api/columns"),
  });
  return { ...columns, ...data?.lists };
}

/** keepColumns keeps what was chosen for a list: here at once, and on the server. */
async function keepColumns(list: string, next: readonly string[]) {
  prefer({ columns: { ...preferences().columns, [list]: next } });
  await queryClient.cancelQueries({ queryKey: keys.columns() }); // an answer from before would undo it
  queryClient.setQueryData<ChosenColumns>(keys.columns(), (before) => ({
    lists: { ...before?.lists, [list]: [...next] },
  }));
  await api.put(`/api/columns/${list}`, { columns: next });
}

/** useColumns reads which columns a list shows: those of its address, so that a saved list keeps them, else those this person chose last. */
export function useColumns<T>(list: string, all: readonly Column<T>[]): Column<T>[] {
  const [search] = useSearchParams();
  const mine = useChosenColumns()[list] ?? [];
  return chosenColumns(all, search.get("columns")?.split(",") ?? mine);
}

/** ColumnsMenu chooses the columns of a list. */
export function ColumnsMenu<T>({ list, all }: { list: string; all: readonly Column<T>[] }) {
  const { t } = useTranslation();
  const [, setSearch] = useSearchParams();
  const shown = useColumns(list, all).map((c) => c.key);
  const toggle = (key: string) => {
    const next = all.map((c) => c.key).filter((k) => (k === key ? !shown.includes(k) : shown.includes(k)));
    keepColumns(list, next).catch((error: unknown) => toast(problemText(t, error), "bad"));
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
            renderRoot={(props) => (
              // Mantine's own role is that of a command
              <button type="button" {...props} role="menuitemcheckbox" aria-checked={shown.includes(c.key)} />
            )}
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
