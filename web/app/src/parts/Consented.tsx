import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client";
import { keys } from "../api/query";
import { dateTime } from "../i18n/format";
import { problemText } from "./problem";

/** Consented says when somebody agreed to the center's text, and on a click to which words. Source: SCR-05. */
export function Consented({ at, version }: { at: number; version: string }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const { data, error } = useQuery({
    queryKey: keys.consent(version),
    queryFn: () => api.get<{ text: string }>(`/api/consents/${encodeURIComponent(version)}`),
    enabled: open,
    staleTime: Number.POSITIVE_INFINITY, // the same version has the same words for ever
  });
  return (
    <details onToggle={(e) => setOpen(e.currentTarget.open)}>
      <summary>{dateTime(at)}</summary>
      {data?.text ?? (error ? problemText(t, error) : t("session.loading"))}
    </details>
  );
}
