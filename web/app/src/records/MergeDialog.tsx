import { Modal, Radio } from "@mantine/core";
import type { Customer } from "@parley/protocol";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { api } from "../api/client";
import { Button } from "../ui/Button";
import { labelOf, useRecordFields } from "./CustomFields";
import { fullName } from "./names";
import styles from "./Record.module.css";
import { useDoing } from "./useDoing";

interface MergeDialogProps {
  /** The one whose page it is: survives at first. */
  customer: Customer;
  other: Customer;
  onClose: () => void;
}

const texts = ["first_name", "last_name", "account_number"] as const;
const more = ["language", "zone", "notes"] as const;

/** MergeDialog chooses who survives and, where both say something, what counts. Addresses, conversations and cases of both are kept. Source: CRM-02. */
export function MergeDialog({ customer, other, onClose }: MergeDialogProps) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const doing = useDoing();
  const [swapped, setSwapped] = useState(false);
  const [take, setTake] = useState<ReadonlySet<string>>(new Set());
  const [busy, setBusy] = useState(false);
  const [stays, goes] = swapped ? [other, customer] : [customer, other];
  const rows = useRows(stays, goes);
  const called = (c: Customer) =>
    `${fullName(c) || t("records.customer.unnamed")} \u00b7 ${c.account_number}`;
  const merge = async () => {
    setBusy(true);
    const body = { gone_id: goes.id, rev: stays.rev, gone_rev: goes.rev, take: [...take] };
    let made = "";
    const undo = {
      label: t("customers.merge.undo"),
      run: () =>
        void doing(
          () => api.delete(`/api/customers/${stays.id}/merges/${made}`),
          t("customers.merge.undone", { name: fullName(goes) }),
        ),
    };
    const went = await doing(
      async () => {
        made = (await api.post<{ id: string }>(`/api/customers/${stays.id}/merges`, body)).id;
      },
      t("customers.merge.done", { name: fullName(goes) }),
      undo,
    );
    setBusy(false);
    if (!went) return;
    onClose();
    if (stays.id !== customer.id) go(`/agent/customers/${stays.id}`);
  };
  const choose = (field: string, theirs: boolean) => {
    const next = new Set(take);
    if (theirs) next.add(field);
    else next.delete(field);
    setTake(next);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t("customers.merge.title")}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <div className={styles.stack}>
        <p>{t("customers.merge.text")}</p>
        <Radio.Group
          label={t("customers.merge.survivor")}
          value={stays.id}
          onChange={(id) => {
            setSwapped(id === other.id);
            setTake(new Set());
          }}
        >
          <div className={styles.choices}>
            <Radio value={customer.id} label={called(customer)} />
            <Radio value={other.id} label={called(other)} />
          </div>
        </Radio.Group>
        {rows.map((row) => (
          <Radio.Group
            key={row.field}
            label={row.label}
            value={take.has(row.field) ? "theirs" : "mine"}
            onChange={(side) => choose(row.field, side === "theirs")}
          >
            <div className={styles.choices}>
              <Radio value="mine" label={row.mine} />
              <Radio value="theirs" label={row.theirs} />
            </div>
          </Radio.Group>
        ))}
        <div className={styles.row}>
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button look="main" busy={busy} onClick={() => void merge()}>
            {t("customers.merge.verb")}
          </Button>
        </div>
      </div>
    </Modal>
  );
}

/** useRows are the fields in which both say something, and not the same. */
function useRows(stays: Customer, goes: Customer) {
  const { t } = useTranslation();
  const own = useRecordFields("customer").data ?? [];
  const rows = [
    ...texts.map((f) => ({
      field: f as string,
      label: t(`records.customer.field.${f}`),
      mine: stays[f],
      theirs: goes[f],
    })),
    ...more.map((f) => ({
      field: f as string,
      label: t(`customers.field.${f}`),
      mine: stays[f],
      theirs: goes[f],
    })),
    ...(["home", "other"] as const).map((f) => ({
      field: f as string,
      label: t(`customers.field.${f}`),
      mine: Object.values(stays[f] ?? {}).join(", "),
      theirs: Object.values(goes[f] ?? {}).join(", "),
    })),
    ...own.map((f) => ({
      field: f.id,
      label: labelOf(f),
      mine: stays.fields?.[f.id] ?? "",
      theirs: goes.fields?.[f.id] ?? "",
    })),
  ];
  return rows.filter((row) => row.mine && row.theirs && row.mine !== row.theirs);
}
