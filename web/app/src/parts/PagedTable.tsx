import { Skeleton } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../ui/Button";
import { type Column, DataTable } from "../ui/DataTable";
import type { Ticks } from "../ui/Tick";
import { Failed } from "./Failed";
import styles from "./PagedTable.module.css";
import type { Pages } from "./usePages";

interface PagedTableProps<T> {
  label: string;
  columns: readonly Column<T>[];
  pages: Pages<T>;
  href?: (row: T) => string;
  sorted?: string;
  onSort?: (name: string) => void;
  ticks?: Ticks;
  empty: ReactNode;
}

/** PagedTable is a table that loads its next page when asked. */
export function PagedTable<T extends { id: string }>({ pages, empty, ...table }: PagedTableProps<T>) {
  const { t } = useTranslation();
  if (pages.pending)
    return (
      <div className={styles.wait} role="status" aria-busy="true" aria-label={t("session.loading")}>
        {[0, 1, 2, 3, 4].map((n) => (
          <Skeleton key={n} height={36} />
        ))}
      </div>
    );
  if (pages.error && pages.items.length === 0) return <Failed error={pages.error} onRetry={pages.retry} />;
  return (
    <>
      <DataTable rows={pages.items} empty={empty} {...table} />
      {pages.more && (
        <div className={styles.more}>
          <Button onClick={pages.more} busy={pages.loadingMore}>
            {t("action.more")}
          </Button>
        </div>
      )}
    </>
  );
}
