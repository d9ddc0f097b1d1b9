import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { matches } from "../parts/fold";
import { Loaded } from "../parts/Loaded";
import { Button } from "../ui/Button";
import { type Column, DataTable } from "../ui/DataTable";
import { EmptyState } from "../ui/EmptyState";
import { Icon, type IconName } from "../ui/Icon";
import { Page } from "../ui/Page";
import styles from "./Admin.module.css";
import type { Kinds, Noun } from "./blanks";
import { SearchBox } from "./SearchBox";
import { useAll } from "./useConfig";

/** How many lines a list shows at first, and with each "Load more". */
const step = 100;

interface ObjectListProps<N extends Noun> {
  noun: N;
  title: string;
  about: string;
  /** What the button says that makes one: New queue. */
  make: string;
  icon: IconName;
  none: string;
  columns: readonly Column<Kinds[N]>[];
  /** What the search looks through. */
  text: (row: Kinds[N]) => string;
  tone?: (row: Kinds[N]) => "breach" | "warn" | null;
  sort?: (a: Kinds[N], b: Kinds[N]) => number;
  /** More filters or links beside the search. */
  extra?: ReactNode;
  keep?: (row: Kinds[N]) => boolean;
}

/** ObjectList lists all objects of one kind. */
export function ObjectList<N extends Noun>(props: ObjectListProps<N>) {
  const { noun, title, about, make, icon, none, columns, text, tone, sort, extra, keep } = props;
  const { t } = useTranslation();
  const [, go] = useLocation();
  const [q, setQ] = useState("");
  const [shown, setShown] = useState(step);
  const query = useAll(noun);
  const button = (
    <Button look="main" icon={<Icon name="plus" size={16} />} onClick={() => go(`/admin/${noun}/new`)}>
      {make}
    </Button>
  );
  return (
    <Page title={title} about={about} actions={button}>
      <Loaded query={query}>
        {(all) => {
          const found = all.filter((row) => (!keep || keep(row)) && matches(text(row), q));
          const rows = sort ? [...found].sort(sort) : found;
          return (
            <>
              {(all.length > 8 || extra) && (
                <div className={styles.bar}>
                  <SearchBox value={q} onChange={setQ} />
                  {extra}
                </div>
              )}
              <DataTable
                label={title}
                columns={columns}
                rows={rows.slice(0, shown)}
                href={(row) => `/admin/${noun}/${row.id}`}
                tone={tone}
                empty={
                  all.length > 0 ? (
                    <EmptyState icon="search" title={t("admin.noMatch")} />
                  ) : (
                    <EmptyState icon={icon} title={none}>
                      {button}
                    </EmptyState>
                  )
                }
              />
              {rows.length > shown && (
                <Button onClick={() => setShown(shown + step)}>{t("action.more")}</Button>
              )}
            </>
          );
        }}
      </Loaded>
    </Page>
  );
}
