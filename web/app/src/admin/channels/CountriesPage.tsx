import { Select, Switch } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type ApiError, api } from "../../api/client";
import { keys } from "../../api/query";
import { useFault } from "../../parts/editor/useFault";
import { useUnsaved } from "../../parts/editor/useUnsaved";
import { Loaded } from "../../parts/Loaded";
import { problemText } from "../../parts/problem";
import { Button } from "../../ui/Button";
import { Card } from "../../ui/Card";
import { type Column, DataTable } from "../../ui/DataTable";
import { EmptyState } from "../../ui/EmptyState";
import { Icon } from "../../ui/Icon";
import { IconButton } from "../../ui/IconButton";
import { Page } from "../../ui/Page";
import { toast } from "../../ui/toast";
import styles from "../Admin.module.css";
import own from "./Channels.module.css";
import { allCountries, type Country, countryName, type Listed } from "./countries";
import { PriceField } from "./PriceField";
import { SpendReport } from "./SpendReport";

const where = "/api/admin/sms-countries";

/** CountriesPage says where texts go and come from and what they cost, and what was spent. Source: SMS-01. */
export function CountriesPage() {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: keys.admin("sms-countries"),
    queryFn: () => api.get<Listed>(where),
  });
  return (
    <Page title={t("admin.section.sms-countries")} about={t("admin.sms.about")}>
      <Loaded query={query}>
        {(list) => <Countries key={list.rev} saved={list.items} rev={list.rev} currency={list.currency} />}
      </Loaded>
      <SpendReport />
    </Page>
  );
}

type Row = Country & { id: string };

function Countries({ saved, rev, currency }: { saved: Country[]; rev: number; currency: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [draft, setDraft] = useState(saved);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const fault = useFault(error);
  const dirty = JSON.stringify(draft) !== JSON.stringify(saved);
  const warning = useUnsaved(dirty && !busy);
  const change = (code: string, with_: Partial<Country>) =>
    setDraft(draft.map((c) => (c.country === code ? { ...c, ...with_ } : c)));
  const save = async () => {
    setBusy(true);
    setError(null);
    try {
      await api.put(where, { countries: draft, rev });
      toast(t("admin.sms.saved"), "good");
      await client.invalidateQueries({ queryKey: keys.admin("sms-countries") });
    } catch (cause) {
      setError(cause as ApiError);
      toast(problemText(t, cause), "bad");
    } finally {
      setBusy(false);
    }
  };
  const name = (c: Country) => countryName(c.country);
  const columns: Column<Row>[] = [
    { key: "country", head: t("admin.sms.country"), cell: (c) => name(c) },
    ...(["receive", "send"] as const).map(
      (way): Column<Row> => ({
        key: way,
        head: t(`admin.sms.${way}`),
        cell: (c) => (
          <Switch
            aria-label={t(`admin.sms.${way}Of`, { name: name(c) })}
            checked={c[way]}
            onChange={(e) => change(c.country, { [way]: e.currentTarget.checked })}
          />
        ),
      }),
    ),
    {
      key: "price",
      head: t("admin.sms.price", { currency }),
      cell: (c) => (
        <PriceField
          label={t("admin.sms.priceOf", { name: name(c) })}
          value={c.price_micros}
          error={fault(`countries[${draft.findIndex((d) => d.country === c.country)}].price_micros`)}
          onChange={(price_micros) => change(c.country, { price_micros })}
        />
      ),
    },
    {
      key: "remove",
      head: t("action.remove"),
      end: true,
      actions: true,
      cell: (c) => (
        <IconButton
          label={t("admin.sms.removeOf", { name: name(c) })}
          onClick={() => setDraft(draft.filter((d) => d.country !== c.country))}
        >
          <Icon name="trash" size={16} />
        </IconButton>
      ),
    },
  ];
  return (
    <Card>
      <Select
        className={own.add}
        label={t("admin.sms.add")}
        data={allCountries().filter(({ value }) => !draft.some((c) => c.country === value))}
        value={null}
        searchable
        onChange={(country) =>
          country && setDraft([...draft, { country, receive: true, send: true, price_micros: 0 }])
        }
      />
      <DataTable
        label={t("admin.section.sms-countries")}
        columns={columns}
        rows={draft.map((c) => ({ ...c, id: c.country }))}
        empty={<EmptyState icon="globe" title={t("admin.sms.none")} text={t("admin.sms.noneText")} />}
      />
      <div className={styles.end}>
        {dirty && <Button onClick={() => setDraft(saved)}>{t("action.discard")}</Button>}
        <Button look="main" busy={busy} why={dirty ? "" : t("why.same")} onClick={save}>
          {t("action.save")}
        </Button>
      </div>
      {warning}
    </Card>
  );
}
