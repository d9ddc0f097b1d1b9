import { type KeyboardEvent, useEffect, useRef } from "react";
import styles from "./DataTable.module.css";

/** Ticks let the rows of a table be chosen. */
export interface Ticks {
  has: (id: string) => boolean;
  ids: readonly string[];
  toggle: (id: string, through: boolean) => void;
  all: () => void;
  /** What a screen reader says of all, and of one row. */
  labelAll: string;
  label: (id: string) => string;
}

/** TickAll ticks every row that is shown, or none. */
export function TickAll({ ticks, rows }: { ticks: Ticks; rows: number }) {
  const box = useRef<HTMLInputElement>(null);
  const some = ticks.ids.length > 0 && ticks.ids.length < rows;
  useEffect(() => {
    if (box.current) box.current.indeterminate = some;
  }, [some]);
  return (
    <th scope="col" className={styles.tick}>
      <input
        ref={box}
        type="checkbox"
        aria-label={ticks.labelAll}
        checked={rows > 0 && ticks.ids.length === rows}
        onChange={ticks.all}
      />
    </th>
  );
}

/** Tick chooses one row. Shift takes all from the last one; the arrow keys go on to the next row, and with Shift take it. */
export function Tick({ ticks, id }: { ticks: Ticks; id: string }) {
  const move = (event: KeyboardEvent<HTMLInputElement>) => {
    const down = event.key === "ArrowDown";
    if (!down && event.key !== "ArrowUp") return;
    event.preventDefault();
    const row = event.currentTarget.closest("tr");
    const next = down ? row?.nextElementSibling : row?.previousElementSibling;
    const box = next?.querySelector<HTMLInputElement>("input[type=checkbox]");
    box?.focus();
    if (box && event.shiftKey && !box.checked) box.click();
  };
  return (
    <td className={styles.tick}>
      <input
        type="checkbox"
        aria-label={ticks.label(id)}
        checked={ticks.has(id)}
        onChange={(event) => ticks.toggle(id, (event.nativeEvent as MouseEvent).shiftKey === true)}
        onKeyDown={move}
      />
    </td>
  );
}
