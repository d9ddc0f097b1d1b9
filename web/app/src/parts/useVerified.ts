import { useQuery } from "@tanstack/react-query";
import { api } from "../api/client";
import { keys } from "../api/query";

/** useVerified is the addresses of a customer that somebody made sure of, in their order: only to those anything is mailed. */
export function useVerified(customer: string): string[] {
  const query = useQuery({
    queryKey: keys.customers(customer, "verified"),
    queryFn: () => api.get<{ items: string[] }>(`/api/customers/${customer}/verified-emails`),
    enabled: customer !== "",
  });
  return query.data?.items ?? [];
}
