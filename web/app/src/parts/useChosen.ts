import { useState } from "react";

/** chosenMax is how many rows can be changed at once. */
export const chosenMax = 500;

/** Chosen are the rows of a table that somebody ticked. */
export interface Chosen {
  has: (id: string) => boolean;
  /** Those that are still in the table, in its order. */
  ids: readonly string[];
  /** Ticks a row or not; through: all from the last one that was ticked. */
  toggle: (id: string, through: boolean) => void;
  all: () => void;
  clear: () => void;
}

/** ticked returns what is ticked after a row is, or is no longer; from: the one ticked before, "" = only this row. */
export function ticked(
  rows: readonly string[],
  now: ReadonlySet<string>,
  id: string,
  from: string,
): Set<string> {
  const on = !now.has(id);
  const [a, b] = [rows.indexOf(from), rows.indexOf(id)];
  const meant = a < 0 || b < 0 ? [id] : rows.slice(Math.min(a, b), Math.max(a, b) + 1);
  const next = new Set(now);
  for (const one of meant) {
    if (!on) next.delete(one);
    else if (next.size < chosenMax) next.add(one);
  }
  return next;
}

/** useChosen keeps which rows are ticked; one that leaves the table is not. */
export function useChosen(rows: readonly { id: string }[]): Chosen {
  const [set, setSet] = useState<ReadonlySet<string>>(new Set());
  const [last, setLast] = useState("");
  const order = rows.map((row) => row.id);
  const ids = order.filter((id) => set.has(id));
  return {
    ids,
    has: (id) => set.has(id),
    toggle: (id, through) => {
      setSet(ticked(order, new Set(ids), id, through ? last : ""));
      setLast(id);
    },
    all: () => setSet(new Set(ids.length === order.length ? [] : order.slice(0, chosenMax))),
    clear: () => setSet(new Set()),
  };
}
