import type { Customer } from "@parley/protocol";
import { useTranslation } from "react-i18next";
import { useLocation, useSearchParams } from "wouter";
import { keys } from "../api/query";
import { dateTime, number } from "../i18n/format";
import { ColumnsMenu, useColumns } from "../parts/Columns";
import { ExportLink } from "../parts/ExportLink";
import { Filters } from "../parts/Filters";
import { PagedTable } from "../parts/PagedTable";
import { useChosen } from "../parts/useChosen";
import { usePages } from "../parts/usePages";
import { Address } from "../ui/Address";
import { Button } from "../ui/Button";
import type { Column } from "../ui/DataTable";
import { EmptyState } from "../ui/EmptyState";
import { Icon } from "../ui/Icon";
import { Page } from "../ui/Page";
import { Tag } from "../ui/Tag";
import { CustomerEdits } from "./CustomerEdits";
import { fullName } from "./names";
import styles from "./Record.module.css";
import { SavedLists } from "./SavedLists";
import { useRights } from "./useRights";

/** CustomerList finds customers by name, account number, e-mail or phone. Source: CRM-02, CRM-14. */
export function CustomerList() {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const [search, setSearch] = useSearchParams();
  const q = search.get("q") ?? "";
  const sort = search.get("sort") === "created" ? "created" : "name";
  const open = search.get("open") === "true" ? "true" : "";
  const query = { q, sort, open };
  const pages = usePages<Customer>(keys.customers(), "/api/customers", query);
  const all: Column<Customer>[] = [
    {
      key: "name",
      head: t("records.customer.name"),
      sort: "name",
      cell: (c) => (
        <>
          {fullName(c) || t("records.customer.unnamed")} {c.draft && <Tag tone="warn">{t("case.draft")}</Tag>}
        </>
      ),
    },
    { key: "account", head: t("records.customer.account"), cell: (c) => c.account_number },
    { key: "email", head: t("records.customer.email"), cell: (c) => <Address of={c.emails?.[0] ?? ""} /> },
    { key: "phone", head: t("records.customer.phone"), extra: true, cell: (c) => c.phones?.[0] ?? "" },
    { key: "cases", head: t("records.customer.openCases"), end: true, cell: (c) => number(c.open_cases) },
    {
      key: "created",
      head: t("records.created"),
      sort: "created",
      falling: true,
      extra: true,
      cell: (c) => dateTime(c.created_at),
    },
  ];
  // A search and the filter have an order of their own: no head says it.
  const order = q ? t("records.customer.orderFound") : open && t("records.customer.orderOpen");
  const may = useRights();
  const columns = useColumns("customers", all);
  const chosen = useChosen(pages.items);
  const ticks = {
    ...chosen,
    labelAll: t("customers.edits.all"),
    label: (id: string) => {
      const one = pages.items.find((c) => c.id === id);
      return t("customers.edits.one", { name: one ? fullName(one) || one.account_number : "" });
    },
  };
  const make = (
    <Button look="main" icon={<Icon name="plus" size={16} />} onClick={() => go("/agent/customers/new")}>
      {t("records.customer.new")}
    </Button>
  );
  return (
    <Page
      title={t("nav.customers")}
      actions={
        <>
          <SavedLists list="customers" />
          <ColumnsMenu list="customers" all={all} />
          <ExportLink base="/api/customers/export" query={query} />
          <Button onClick={() => go("/agent/customers/import")}>{t("records.table.import")}</Button>
          <Button look="quiet" {...may("delete")} onClick={() => go("/agent/customers/deleted")}>
            {t("customers.deletedList.title")}
          </Button>
          {make}
        </>
      }
    >
      <Filters
        search={t("records.customer.search")}
        fields={[
          {
            name: "open",
            label: t("records.customer.openCases"),
            options: [["true", t("records.customer.withOpen")]],
          },
        ]}
      />
      {order && <p className={styles.foot}>{order}</p>}
      <CustomerEdits customers={pages.items} chosen={chosen} />
      <PagedTable
        ticks={ticks}
        label={t("nav.customers")}
        columns={columns}
        pages={pages}
        href={(c) => `/agent/customers/${c.id}`}
        {...(order
          ? {}
          : {
              sorted: sort,
              onSort: (name: string) =>
                setSearch((s) => ({ ...Object.fromEntries(s), sort: name }), { replace: true }),
            })}
        empty={
          open ? (
            <EmptyState icon="search" title={t("records.noMatch")} text={t("records.noMatchText")} />
          ) : q ? (
            <EmptyState
              icon="search"
              title={t("records.customer.notFound", { q })}
              text={t("records.customer.notFoundText")}
            >
              {make}
            </EmptyState>
          ) : (
            <EmptyState
              icon="people"
              title={t("records.customer.none")}
              text={t("records.customer.noneText")}
            >
              {make}
            </EmptyState>
          )
        }
      />
    </Page>
  );
}
