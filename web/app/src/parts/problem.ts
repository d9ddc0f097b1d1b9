import i18next from "i18next";
import { ApiError } from "../api/client";
import type { T } from "../i18n";

/** problemText puts a refusal into a sentence in the language of the screen. */
export function problemText(t: T, error: unknown): string {
  const code = error instanceof ApiError ? error.code : "internal";
  const data = error instanceof ApiError ? error.data : {};
  if (code !== "internal" && i18next.exists(`error.${code}`, { ns: "app" })) {
    return (t as (key: string, data: object) => string)(`error.${code}`, data);
  }
  const id = error instanceof ApiError ? error.requestId : "";
  return id ? t("error.generic", { id }) : t("error.internal");
}

/** fieldText says what is wrong with one field, and of what is taken whose it is. */
export function fieldText(t: T, fault: string | { code: string; whose?: string }): string {
  const { code, whose } = typeof fault === "string" ? { code: fault, whose: "" } : fault;
  if (code === "taken" && whose) return t("field.takenBy", { whose });
  const known = i18next.exists(`field.${code}`, { ns: "app" });
  return (t as (key: string) => string)(known ? `field.${code}` : "field.invalid");
}

/** fieldErrors maps the fields a refusal names to sentences, for a form. */
export function fieldErrors(t: T, error: unknown): Record<string, string> {
  if (!(error instanceof ApiError)) return {};
  return Object.fromEntries(error.fields.map((f) => [f.field, fieldText(t, f)]));
}
