import { Select } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "wouter";
import { ApiError, api } from "../api/client";
import { keys } from "../api/query";
import { useFirstFault } from "../parts/editor/useFirstFault";
import { useGo } from "../parts/editor/useGo";
import { useUnsaved } from "../parts/editor/useUnsaved";
import { matches } from "../parts/fold";
import { Loaded } from "../parts/Loaded";
import { fieldText, problemText } from "../parts/problem";
import { Button } from "../ui/Button";
import { Card } from "../ui/Card";
import { EmptyState } from "../ui/EmptyState";
import { Page } from "../ui/Page";
import { toast } from "../ui/toast";
import styles from "./Admin.module.css";
import { areas, changedSince, inherited, type Place, valueAt } from "./resolve";
import { SearchBox } from "./SearchBox";
import { SettingRow } from "./SettingRow";
import { useSettingWords } from "./settingWords";
import type { Scope, SettingDef, SettingValue } from "./types";
import { useAll, useNames } from "./useConfig";

type All = { values: SettingValue[]; defs: SettingDef[] };

const scopes = ["tenant", "group", "agent", "queue", "entry_point"] as const;

/** SettingsPage edits the settings of the center, or what a group, agent, queue or entry point does differently. Source: CFG-01, CFG-02. */
export function SettingsPage() {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: keys.admin("settings"),
    queryFn: () => api.get<All>("/api/admin/settings"),
  });
  const [search] = useSearchParams();
  const go = useGo();
  const show = (place: Record<string, string>) => go(`/admin/settings?${new URLSearchParams(place)}`);
  const asked = search.get("scope") ?? "tenant";
  const scope: Scope = (scopes as readonly string[]).includes(asked) ? (asked as Scope) : "tenant";
  const of = scope === "tenant" ? "" : (search.get("of") ?? "");
  const things = useThings(scope);
  const [sought, setSought] = useState("");
  return (
    <Page title={t("admin.section.settings")} about={t("admin.settings.about")} narrow>
      <div className={styles.bar}>
        <Select
          className={styles.select}
          label={t("admin.settings.scope")}
          data={scopes.map((value) => ({ value, label: t(`admin.scope.${value}`) }))}
          value={scope}
          allowDeselect={false}
          onChange={(value) => show({ scope: value ?? "tenant" })}
        />
        {scope !== "tenant" && (
          <Select
            className={styles.select}
            label={t(`admin.scopeOne.${scope}`)}
            placeholder={t("admin.settings.choose")}
            data={things.map(([value, label]) => ({ value, label }))}
            value={of || null}
            searchable
            onChange={(value) => show({ scope, of: value ?? "" })}
          />
        )}
        <SearchBox value={sought} onChange={setSought} />
      </div>
      <Loaded query={query}>
        {(all) =>
          scope === "tenant" || of ? (
            <Values key={`${scope} ${of}`} {...{ all, scope, of, sought }} />
          ) : (
            <p className={styles.quiet}>{t("admin.settings.chooseFirst")}</p>
          )
        }
      </Loaded>
    </Page>
  );
}

function useThings(scope: Scope) {
  const lists = {
    agent: useNames("agents"),
    group: useNames("groups"),
    queue: useNames("queues"),
    entry_point: useNames("entry-points"),
    tenant: [],
  };
  return lists[scope];
}

/** usePlace finds whose values somebody inherits: an agent their group's, and its preset's. */
function usePlace(scope: Scope, of: string): Place {
  const agents = useAll("agents").data ?? [];
  const groups = useAll("groups").data ?? [];
  const group =
    scope === "group" ? of : scope === "agent" ? agents.find((a) => a.id === of)?.group_id : undefined;
  const preset = groups.find((g) => g.id === group)?.preset;
  return { [scope]: of, ...(group ? { group } : {}), ...(preset ? { preset } : {}) };
}

interface ValuesProps {
  all: All;
  scope: Scope;
  of: string;
  sought: string;
}

function Values({ all, scope, of, sought }: ValuesProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const place = usePlace(scope, of);
  const [changed, setChanged] = useState<Record<string, unknown>>({});
  const [error, setError] = useState<ApiError | null>(null);
  const [busy, setBusy] = useState(false);
  const names = Object.keys(changed);
  const fields = useFirstFault<HTMLDivElement>(error);
  const warning = useUnsaved(names.length > 0 && !busy);
  const fault = ({ key, min, max }: SettingDef) => {
    const at = names.indexOf(key);
    const found = error?.fields.find((f) => at >= 0 && f.field.startsWith(`values[${at}]`));
    if (!found) return undefined;
    if (found.code === "ends_before_asked") return t("admin.settings.endsBeforeAsked");
    const range = found.code === "out_of_range" ? ` ${t("admin.settings.range", { min, max })}` : "";
    return fieldText(t, found.code) + range;
  };
  const words = useSettingWords();
  // What was changed stays in sight, whatever is sought.
  const shown = areas(all.defs, scope)
    .map(({ area, defs }) => {
      const title = t(`admin.area.${area}` as "admin.area.agents");
      const said = (d: SettingDef) => [title, words.name(d.key), words.hint(d.key), d.key].join("\n");
      return { area, title, defs: defs.filter((d) => d.key in changed || matches(said(d), sought)) };
    })
    .filter(({ defs }) => defs.length > 0);
  const save = async () => {
    setBusy(true);
    setError(null);
    try {
      const values = names.map((key) => ({ scope, scope_id: of, key, value: changed[key] ?? null }));
      await api.put("/api/admin/settings", { values });
      await client.invalidateQueries({ queryKey: keys.admin() });
      setChanged((now) => changedSince(now, changed));
      toast(t("editor.saved"), "good");
    } catch (cause) {
      if (!(cause instanceof ApiError)) throw cause;
      setError(cause);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <div ref={fields} className={styles.stack}>
        {shown.length === 0 && <EmptyState icon="search" title={t("admin.noMatch")} />}
        {shown.map(({ area, title, defs }) => (
          <Card key={area} title={title}>
            {defs.map((def) => {
              const own = valueAt(all.values, def.key, scope, of);
              return (
                <SettingRow
                  key={def.key}
                  def={def}
                  own={def.key in changed ? changed[def.key] : own}
                  inherited={inherited(def, all.values, scope, place)}
                  error={fault(def)}
                  onChange={(value) => setChanged((c) => ({ ...c, [def.key]: value }))}
                />
              );
            })}
          </Card>
        ))}
      </div>
      <div className={styles.saveBar} data-dirty={names.length > 0 ? "" : undefined}>
        <span role="status" className={styles.grow}>
          {error
            ? problemText(t, error)
            : names.length > 0 && t("admin.settings.changed", { count: names.length })}
        </span>
        {names.length > 0 && <Button onClick={() => setChanged({})}>{t("action.discard")}</Button>}
        <Button look="main" busy={busy} why={names.length === 0 ? t("why.same") : ""} onClick={save}>
          {t("action.save")}
        </Button>
      </div>
      {warning}
    </>
  );
}
