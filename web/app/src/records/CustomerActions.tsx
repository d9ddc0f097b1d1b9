import type { Customer } from "@parley/protocol";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { api } from "../api/client";
import { Confirm } from "../parts/Confirm";
import { Button } from "../ui/Button";
import { Icon } from "../ui/Icon";
import { EraseCustomer } from "./EraseCustomer";
import { MergeDialog } from "./MergeDialog";
import { fullName } from "./names";
import { useDoing } from "./useDoing";
import { useRights } from "./useRights";

/** CustomerActions are what is done to a customer as a whole: export, merge, delete, erase. Source: CRM-02, A-118. */
export function CustomerActions({ customer }: { customer: Customer }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const [asking, setAsking] = useState(false);
  const [merging, setMerging] = useState(false);
  const may = useRights();
  const doing = useDoing(customer.id);
  const name = fullName(customer) || customer.account_number;
  const at = `/api/customers/${customer.id}`;
  const restore = {
    label: t("customers.restore"),
    run: () => void doing(() => api.post(`${at}/restoration`), t("customers.restored", { name })),
  };
  const remove = async () => {
    const went = await doing(
      () => api.delete(`${at}?rev=${customer.rev}`),
      t("customers.deleted", { name }),
      restore,
    );
    if (went) go("/agent/customers");
    return went;
  };
  return (
    <>
      <Button
        icon={<Icon name="note" size={16} />}
        {...may("export")}
        onClick={() => window.location.assign(`${at}/export`)}
      >
        {t("customers.export")}
      </Button>
      <Button icon={<Icon name="people" size={16} />} {...may("merge")} onClick={() => setMerging(true)}>
        {t("customers.merge.openWith")}
      </Button>
      <Button icon={<Icon name="trash" size={16} />} {...may("delete")} onClick={() => setAsking(true)}>
        {t("action.delete")}
      </Button>
      <EraseCustomer customer={customer} />
      {merging && <MergeDialog customer={customer} onClose={() => setMerging(false)} />}
      <Confirm
        open={asking}
        title={t("customers.deleteTitle", { name })}
        verb={t("customers.deleteVerb")}
        danger
        onClose={() => setAsking(false)}
        onConfirm={remove}
      >
        <p>{t("customers.deleteText")}</p>
      </Confirm>
    </>
  );
}
