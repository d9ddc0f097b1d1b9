import { useTranslation } from "react-i18next";
import { keys } from "../api/query";
import { dateTime } from "../i18n/format";
import { PagedTable } from "../parts/PagedTable";
import { usePages } from "../parts/usePages";
import { EmptyState } from "../ui/EmptyState";
import { Page } from "../ui/Page";

interface Gone {
  id: string;
  name: string;
  at: number;
  until: number;
}

/** DeletedList is who was deleted and can come back. Source: CRM-02. */
export function DeletedList() {
  const { t } = useTranslation();
  const pages = usePages<Gone>(keys.customers("deleted"), "/api/customers/deleted");
  return (
    <Page
      title={t("customers.deletedList.title")}
      about={t("customers.deletedList.about")}
      back={{ href: "/agent/customers", label: t("nav.customers") }}
    >
      <PagedTable
        label={t("customers.deletedList.title")}
        columns={[
          {
            key: "name",
            head: t("records.customer.name"),
            cell: (c) => c.name || t("records.customer.unnamed"),
          },
          { key: "at", head: t("customers.deletedList.at"), cell: (c) => dateTime(c.at) },
          { key: "until", head: t("customers.deletedList.until"), cell: (c) => dateTime(c.until) },
        ]}
        pages={pages}
        href={(c) => `/agent/customers/${c.id}`}
        empty={<EmptyState icon="trash" title={t("customers.deletedList.none")} />}
      />
    </Page>
  );
}
