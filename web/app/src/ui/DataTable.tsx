import type { ReactNode } from "react";
import { Link } from "wouter";
import styles from "./DataTable.module.css";
import { Icon } from "./Icon";
import { Tick, TickAll, type Ticks } from "./Tick";

/** Column is one column of a table. */
export interface Column<T> {
  key: string;
  head: string;
  cell: (row: T) => ReactNode;
  /** Numbers stand at the end of the line. */
  end?: boolean;
  /** The column's head sorts by this name. */
  sort?: string;
  /** Sorted so, the greatest stands first: the newest. */
  falling?: boolean;
  /** Left out where the table must be narrow; the row's page has it. */
  extra?: boolean;
  /** Buttons: no label where the table becomes cards. */
  actions?: boolean;
}

interface DataTableProps<T> {
  /** What the table lists, for those who cannot see the heading above it. */
  label: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  /** Where a row leads: its first cell is the link, the whole row takes the click. */
  href?: (row: T) => string;
  /** A row to look at first: overdue, failed. */
  tone?: (row: T) => "breach" | "warn" | null;
  sorted?: string;
  onSort?: (name: string) => void;
  /** The rows can be ticked. */
  ticks?: Ticks;
  /** Shown instead of the table if there is no row. */
  empty: ReactNode;
}

/** DataTable lists things: a table where there is room, a list of cards where not. */
export function DataTable<T extends { id: string }>(props: DataTableProps<T>) {
  const { label, columns, rows, href, tone, sorted, onSort, ticks, empty } = props;
  if (rows.length === 0) return <div className={styles.empty}>{empty}</div>;
  return (
    <section className={styles.frame} aria-label={label}>
      <table className={styles.table}>
        <thead>
          <tr>
            {ticks && <TickAll ticks={ticks} rows={rows.length} />}
            {columns.map((column) => (
              <Head key={column.key} column={column} sorted={sorted} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id} data-link={href ? "" : undefined} data-tone={tone?.(row) ?? undefined}>
              {ticks && <Tick ticks={ticks} id={row.id} />}
              {columns.map((column, index) => (
                <td
                  key={column.key}
                  data-end={column.end ? "" : undefined}
                  data-extra={column.extra ? "" : undefined}
                  data-first={index === 0 ? "" : undefined}
                  data-label={column.actions || index === 0 ? undefined : column.head}
                >
                  {href && index === 0 ? (
                    <Link href={href(row)} className={styles.link}>
                      {column.cell(row)}
                    </Link>
                  ) : (
                    column.cell(row)
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface HeadProps<T> {
  column: Column<T>;
  sorted: string | undefined;
  onSort: ((name: string) => void) | undefined;
}

function Head<T>({ column, sorted, onSort }: HeadProps<T>) {
  const name = column.sort;
  const active = name !== undefined && name === sorted;
  return (
    <th
      scope="col"
      data-end={column.end ? "" : undefined}
      data-extra={column.extra ? "" : undefined}
      aria-sort={active ? (column.falling ? "descending" : "ascending") : undefined}
    >
      {name && onSort ? (
        <button type="button" className={styles.sort} onClick={() => onSort(name)}>
          {column.head}
          {active && <Icon name={column.falling ? "down" : "up"} size={12} />}
        </button>
      ) : (
        <span className={column.actions ? styles.unseen : undefined}>{column.head}</span>
      )}
    </th>
  );
}
