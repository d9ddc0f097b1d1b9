import { Select, TextInput } from "@mantine/core";
import type { Customer, CustomerKey } from "@parley/protocol";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, path } from "../api/client";
import { keyKinds } from "../parts/channels";
import { Button } from "../ui/Button";
import { Card } from "../ui/Card";
import { Icon } from "../ui/Icon";
import { IconButton } from "../ui/IconButton";
import styles from "./Record.module.css";
import { useDoing } from "./useDoing";
import { useRights } from "./useRights";

/** CustomerKeys lists where a customer writes from on networks; whoever writes from there is known as them. Source: CRM-02. */
export function CustomerKeys({ customer }: { customer: Customer }) {
  const { t } = useTranslation();
  const may = useRights();
  const doing = useDoing();
  const [kind, setKind] = useState<CustomerKey["kind"]>("whatsapp_user");
  const [value, setValue] = useState("");
  const at = `/api/customers/${customer.id}/keys`;
  const add = async () => {
    if (await doing(() => api.post(at, { kind, value: value.trim() }), t("customers.keys.added")))
      setValue("");
  };
  const list = customer.keys ?? [];
  return (
    <Card title={t("records.customer.keys")} about={t("customers.keys.about")}>
      {list.map((k) => (
        <div key={`${k.kind} ${k.at} ${k.value}`} className={styles.row}>
          <span dir="auto" className={styles.grow}>
            {t(`records.customer.key.${k.kind}`)} {k.handle || k.value}
            {k.former && ` (${t("records.customer.former")})`}
          </span>
          <IconButton
            label={t("customers.keys.remove", { value: k.handle || k.value })}
            {...may("edit")}
            onClick={() =>
              void doing(
                () => api.delete(path(at, { kind: k.kind, value: k.value, at: k.at })),
                t("customers.keys.removed"),
              )
            }
          >
            <Icon name="x" size={14} />
          </IconButton>
        </div>
      ))}
      <div className={styles.row}>
        <Select
          aria-label={t("customers.keys.kind")}
          data={keyKinds.map((k) => ({ value: k, label: t(`records.customer.key.${k}`) }))}
          value={kind}
          allowDeselect={false}
          onChange={(next) => next && setKind(next as CustomerKey["kind"])}
        />
        <TextInput
          aria-label={t("customers.keys.value")}
          placeholder={t("customers.keys.short")}
          value={value}
          onChange={(e) => setValue(e.currentTarget.value)}
        />
        <Button
          {...may("edit")}
          why={
            may("edit").why ||
            (value.trim() === "" ? t("why.fillIn", { field: t("customers.keys.value") }) : "")
          }
          onClick={() => void add()}
        >
          {t("action.add")}
        </Button>
      </div>
    </Card>
  );
}
