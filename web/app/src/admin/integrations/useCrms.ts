import type { Page } from "@parley/protocol";
import { useQuery } from "@tanstack/react-query";
import i18next from "i18next";
import { type ApiError, api } from "../../api/client";
import { keys } from "../../api/query";
import type { T } from "../../i18n";
import type { CrmConnection, CrmField, CrmKind } from "./types";

/** useKinds reads which CRMs can be connected. */
export function useKinds() {
  return useQuery({
    queryKey: keys.admin("crm-kinds"),
    queryFn: ({ signal }) => api.get<Page<CrmKind>>("/api/admin/crm-kinds", {}, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** useConnections reads the connections, with what waits for each. */
export function useConnections() {
  return useQuery({
    queryKey: keys.admin("crm-connections"),
    queryFn: ({ signal }) => api.get<Page<CrmConnection>>("/api/admin/crm-connections", {}, signal),
    refetchInterval: 15_000,
  });
}

/** labelOf is what a CRM itself calls something it asks for. */
export function labelOf(t: T, kind: string, name: string): string {
  const key = `crms.field.${kind}_${name}`;
  return i18next.exists(key, { ns: "app" }) ? (t as (key: string) => string)(key) : named(t, "field", name);
}

/** hinted says how something asked for is to be filled in; undefined where its name says it. */
export function hinted(t: T, name: string): string | undefined {
  const key = `crms.hint.${name}`;
  return i18next.exists(key, { ns: "app" }) ? (t as (key: string) => string)(key) : undefined;
}

/** wrongText says what form a field has, where that is what is wrong with it; undefined where it is not. */
export function wrongText(t: T, f: CrmField, error: ApiError | null): string | undefined {
  const at = `${f.secret ? "secrets" : "settings"}.${f.name}`;
  const example = f.example || f.default;
  if (!error?.fields.some((e) => e.field === at && e.code === "wrong_form") || !example) return undefined;
  const key = `crms.wrong.${f.name}`;
  return (t as (key: string, values: object) => string)(
    i18next.exists(key, { ns: "app" }) ? key : "crms.admin.like",
    { example },
  );
}

/** named says what something of a CRM is called; what we have no word for keeps its own. */
export function named(t: T, area: "field" | "object" | "option" | "check" | "code", name: string): string {
  const key = `${area === "object" || area === "code" ? "crm" : "crms"}.${area}.${name}`; // agents read the first two as well
  return i18next.exists(key, { ns: "app" }) ? (t as (key: string) => string)(key) : name;
}
