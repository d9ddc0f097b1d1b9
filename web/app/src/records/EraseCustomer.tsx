import type { Customer } from "@parley/protocol";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client";
import { Confirm } from "../parts/Confirm";
import { Button } from "../ui/Button";
import { fullName } from "./names";
import { useDoing } from "./useDoing";
import { useRights } from "./useRights";

/** EraseCustomer takes every word of a customer out, also of one who is deleted already, after asking. Source: A-118. */
export function EraseCustomer({ customer }: { customer: Customer }) {
  const { t } = useTranslation();
  const may = useRights();
  const doing = useDoing(customer.id);
  const [asking, setAsking] = useState(false);
  const name = fullName(customer) || t("records.customer.unnamed");
  return (
    <>
      <Button look="danger" {...may("erase")} onClick={() => setAsking(true)}>
        {t("customers.erase")}
      </Button>
      <Confirm
        open={asking}
        title={t("customers.eraseTitle", { name })}
        verb={t("customers.eraseVerb")}
        danger
        onClose={() => setAsking(false)}
        onConfirm={() =>
          doing(() => api.post(`/api/customers/${customer.id}/erasure`), t("customers.erased"))
        }
      >
        <p>{t("customers.eraseText")}</p>
      </Confirm>
    </>
  );
}
