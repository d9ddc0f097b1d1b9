import { Radio } from "@mantine/core";
import type { Comparison, Customer } from "@parley/protocol";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { api } from "../api/client";
import { keys } from "../api/query";
import { fieldErrors, problemText } from "../parts/problem";
import { Button } from "../ui/Button";
import { Beside, useBeside } from "./Beside";
import { fullName } from "./names";
import styles from "./Record.module.css";
import { useDoing } from "./useDoing";

interface MergeFormProps {
  /** The one whose page it is. */
  id: string;
  other: string;
  onClose: () => void;
}

/** MergeForm shows two customers beside each other, or why they cannot be merged. */
export function MergeForm({ id, other, onClose }: MergeFormProps) {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: keys.customers(id, "comparison", other),
    queryFn: () => api.get<Comparison>(`/api/customers/${id}/comparison`, { with: other }),
    retry: false,
    gcTime: 0,
  });
  if (query.isError)
    return <p role="alert">{Object.values(fieldErrors(t, query.error))[0] ?? problemText(t, query.error)}</p>;
  if (!query.data) return <p role="status">{t("session.loading")}</p>;
  return <Merging both={query.data} again={() => void query.refetch()} onClose={onClose} />;
}

interface MergingProps {
  both: Comparison;
  /** Has both fetched again: one of them changed. */
  again: () => void;
  onClose: () => void;
}

/** Merging chooses who survives and, where both say something, what counts; addresses, conversations and cases of both are kept. */
function Merging({ both, again, onClose }: MergingProps) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const { customer, other } = both;
  const doing = useDoing(customer.id, other.id);
  const [swapped, setSwapped] = useState(false);
  const [take, setTake] = useState<ReadonlySet<string>>(new Set());
  const [busy, setBusy] = useState(false);
  const [stays, goes] = swapped ? [other, customer] : [customer, other];
  const rows = useBeside(stays, goes);
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
    if (!went) return again();
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
    <>
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
      <Beside evidence={both.evidence} rows={rows} moving={swapped ? both.own : both.theirs} goes={goes} />
      {rows
        .filter((row) => row.one && row.mine && row.theirs && row.mine !== row.theirs)
        .map((row) => (
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
    </>
  );
}
