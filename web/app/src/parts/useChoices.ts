import type { Customer, Page } from "@parley/protocol";
import { useQuery } from "@tanstack/react-query";
import { api } from "../api/client";
import { keys } from "../api/query";

/** choicesFor is the list to choose a customer from: what fits, or, with too little typed, the newest first (F043). */
export function choicesFor(typed: string): { q: string; limit: number } | { sort: "created"; limit: number } {
  const q = typed.trim();
  return q.length > 1 ? { q, limit: 20 } : { sort: "created", limit: 20 };
}

/** useChoices fetches the customers to choose from, by name, e-mail, phone or number. */
export function useChoices(typed: string, on = true) {
  const query = choicesFor(typed);
  return useQuery({
    queryKey: keys.customers("choices", query),
    queryFn: ({ signal }) => api.get<Page<Customer>>("/api/customers", query, signal),
    enabled: on,
    placeholderData: (before) => before,
  });
}
