import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "../api/client";
import { keys } from "../api/query";

/** Right is something done to customers that not everybody may do (SEC-07). */
type Right = "create" | "edit" | "delete" | "merge" | "erase" | "export";

/**
 * useRights tells what this person may do to customers. The function it returns
 * says what a control needs: the reason it cannot be used, "" if it can. Where the
 * answer did not come, the server will say.
 */
export function useRights(): (right: Right) => { disabled?: boolean; why: string } {
  const { t } = useTranslation();
  const { data, isPending } = useQuery({
    queryKey: keys.customers("rights"),
    queryFn: async () => (await api.get<{ items: Right[] | null }>("/api/customers/rights")).items ?? [],
    staleTime: 60_000,
  });
  return (right) => {
    if (isPending) return { disabled: true, why: "" };
    return { why: !data || data.includes(right) ? "" : t("customers.mayNot") };
  };
}
