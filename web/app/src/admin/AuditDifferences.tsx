import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "../api/client";
import { keys } from "../api/query";
import styles from "./Admin.module.css";
import { differences, fieldOf, settingChanges, valueWord } from "./audit";
import { areaOf } from "./resolve";
import { useSettingWords } from "./settingWords";
import type { AuditRow, Scope, SettingDef, SettingValue } from "./types";
import { useNames } from "./useConfig";

type Line = { key: string; field: string; before: string; after: string };

/** AuditDifferences is what a change changed, in the words of the form it was made in. Source: CFG-04. */
export function AuditDifferences({ row }: { row: AuditRow }) {
  return row.subject === "settings" ? <OfSettings row={row} /> : <OfFields row={row} />;
}

function OfFields({ row }: { row: AuditRow }) {
  const { t, i18n } = useTranslation();
  const names = useThingNames();
  const field = (path: string) =>
    fieldOf(row.subject, path, (form, name) => {
      const key = form ? `admin.${form}.${name}` : `admin.audit.inner.${name}`;
      const word: unknown = i18n.exists(key) ? t(key as "admin.code.name", { returnObjects: false }) : "";
      return typeof word === "string" && !word.startsWith("key '") ? word : "";
    });
  const value = (path: string, text: string) =>
    text === "true"
      ? t("editor.yes")
      : text === "false"
        ? t("editor.no")
        : (names.get(text) ??
          valueWord(row.subject, path, text, (key) => {
            const word: unknown = t(`admin.${key}` as "admin.code.name", { defaultValue: "" });
            return typeof word === "string" ? word : "";
          }));
  return (
    <Table
      lines={differences(row.before, row.after).map((d) => ({
        key: d.field,
        field: field(d.field),
        before: value(d.field, d.before),
        after: value(d.field, d.after),
      }))}
    />
  );
}

function OfSettings({ row }: { row: AuditRow }) {
  const { t, i18n } = useTranslation();
  const words = useSettingWords();
  const names = useThingNames();
  const all = useQuery({
    queryKey: keys.admin("settings"),
    queryFn: () => api.get<{ values: SettingValue[]; defs: SettingDef[] }>("/api/admin/settings"),
  });
  const defs = new Map((all.data?.defs ?? []).map((def) => [def.key, def]));
  const whose = (scope: Scope, id: string) =>
    scope === "tenant" ? "" : ` · ${t(`admin.scopeOne.${scope}`)} ${names.get(id) ?? id}`;
  const area = (key: string) => {
    const at = `admin.area.${areaOf(key)}`;
    return i18n.exists(at) ? `${t(at as "admin.area.agents")} \u203a ` : "";
  };
  const shown = (key: string, value: unknown) => {
    if (value === undefined) return t("admin.audit.inherited");
    const def = defs.get(key);
    return def ? words.shown(def, value) : value === null ? t("admin.audit.inherited") : String(value);
  };
  return (
    <Table
      lines={settingChanges(row.before, row.after, (key) => defs.get(key)?.type === "secret").map((c) => ({
        key: `${c.scope} ${c.scope_id} ${c.key}`,
        field: area(c.key) + words.name(c.key) + whose(c.scope, c.scope_id),
        before: shown(c.key, c.before),
        after: shown(c.key, c.after),
      }))}
    />
  );
}

/** useThingNames is what the things that others name by their id are called. */
function useThingNames(): Map<string, string> {
  return new Map([
    ...useNames("agents"),
    ...useNames("groups"),
    ...useNames("queues"),
    ...useNames("skills"),
    ...useNames("entry-points"),
    ...useNames("faq-categories"),
  ]);
}

function Table({ lines }: { lines: Line[] }) {
  const { t } = useTranslation();
  if (lines.length === 0) return <p className={styles.quiet}>{t("admin.audit.same")}</p>;
  return (
    <table className={styles.diff}>
      <thead>
        <tr>
          <th scope="col">{t("admin.audit.field")}</th>
          <th scope="col">{t("admin.audit.before")}</th>
          <th scope="col">{t("admin.audit.after")}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((d) => (
          <tr key={d.key}>
            <th scope="row">{d.field}</th>
            <td>{d.before}</td>
            <td>{d.after}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
