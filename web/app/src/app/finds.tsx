import type { Found } from "@parley/protocol";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client";
import type { T } from "../i18n";
import { dateTime } from "../i18n/format";
import { useMe } from "../live/floor";
import { useGo } from "../parts/editor/useGo";

/** Find is one record that a line found, and where it is. */
interface Find {
  id: string;
  group: "customers" | "cases" | "talks";
  label: ReactNode;
  /** What tells it from others of that name. */
  about: string;
  run: () => void;
}

/** useFinds asks for records 150 ms after the last key; what was found stays while the next is asked for. */
export function useFinds(line: string) {
  const { t } = useTranslation();
  const go = useGo();
  const may = useMe().permissions.includes("records");
  const text = useLate(line.trim(), 150);
  const query = useQuery({
    queryKey: ["search", text],
    queryFn: ({ signal }) => api.get<Found>("/api/search", { q: text, limit: 6 }, signal),
    enabled: may && text.length > 1,
    placeholderData: (before) => before,
  });
  const asked = may && line.trim().length > 1;
  return {
    may,
    finds: asked && query.data ? findsOf(t, query.data, go) : [],
    waiting: asked && (query.isFetching || text !== line.trim()),
    failed: asked && query.isError,
  };
}

function findsOf(t: T, found: Found, go: (to: string) => void): Find[] {
  return [
    ...found.customers.map(
      (c): Find => ({
        id: c.id,
        group: "customers",
        label: [c.first_name, c.last_name].filter(Boolean).join(" ") || c.account_number,
        about: [c.account_number, c.phones?.[0] ?? c.emails?.[0]].filter(Boolean).join(" \u00b7 "),
        run: () => go(`/agent/customers/${c.id}`),
      }),
    ),
    ...found.cases.map(
      (c): Find => ({
        id: c.id,
        group: "cases",
        label: c.subject || t("palette.caseOf", { n: c.number }),
        about: [t("palette.number", { n: c.number }), c.customer?.name, t(`case.${c.status}`)]
          .filter(Boolean)
          .join(" \u00b7 "),
        run: () => go(`/agent/cases/${c.id}`),
      }),
    ),
    ...found.talks.map(
      (h): Find => ({
        id: h.interaction.id,
        group: "talks",
        label: h.pieces.map((p, n) => (p.hit ? <mark key={n}>{p.text}</mark> : p.text)),
        about: [h.interaction.customer.name, dateTime(h.at)].filter(Boolean).join(" \u00b7 "),
        run: () => go(`/agent/interactions/${h.interaction.id}?line=${h.seq}`),
      }),
    ),
  ];
}

/** useLate follows a value once it has been the same for a while. */
function useLate(value: string, wait: number): string {
  const [late, setLate] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setLate(value), wait);
    return () => clearTimeout(timer);
  }, [value, wait]);
  return late;
}
