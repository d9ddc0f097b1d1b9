import type { Case, Customer, Faq, Interaction, Page, TransferTargets } from "@parley/protocol";
import { useQueries, useQuery } from "@tanstack/react-query";
import { api } from "../api/client";
import { keys } from "../api/query";

/** useCustomer fetches one customer; "" fetches none. */
export function useCustomer(id: string) {
  return useQuery({
    queryKey: keys.customers(id),
    queryFn: ({ signal }) => api.get<Customer>(`/api/customers/${id}`, {}, signal),
    enabled: id !== "",
  });
}

/** useCustomers fetches several, in their order. */
export function useCustomers(ids: string[]): Customer[] {
  const all = useQueries({
    queries: ids.map((id) => ({
      queryKey: keys.customers(id),
      queryFn: () => api.get<Customer>(`/api/customers/${id}`),
    })),
  });
  return all.flatMap((q) => (q.data ? [q.data] : []));
}

/** useCasesOf fetches a customer's cases. */
export function useCasesOf(customer: string) {
  return useQuery({
    queryKey: keys.cases("of", customer),
    queryFn: ({ signal }) => api.get<Page<Case>>(`/api/customers/${customer}/cases`, {}, signal),
    enabled: customer !== "",
  });
}

/** useCase fetches one case. */
export function useCase(id: string) {
  return useQuery({
    queryKey: keys.cases(id),
    queryFn: ({ signal }) => api.get<Case>(`/api/cases/${id}`, {}, signal),
    enabled: id !== "",
  });
}

/** useEarlier fetches what a conversation nobody is linked to had with us before. */
export function useEarlier(conversation: string) {
  return useQuery({
    queryKey: keys.interactions("earlier", conversation),
    queryFn: ({ signal }) =>
      api.get<Page<Interaction>>(`/api/conversations/${conversation}/interactions`, {}, signal),
  });
}

/** useFaqs finds answers, those in a language first. */
export function useFaqs(q: string, language: string, category = "") {
  return useQuery({
    queryKey: keys.faqs(q, language, category),
    queryFn: ({ signal }) => api.get<Page<Faq>>("/api/faqs", { q, language, category }, signal),
    placeholderData: (before) => before,
    staleTime: 60_000,
  });
}

/** useCategories fetches the categories of answers. */
export function useCategories() {
  return useQuery({
    queryKey: keys.faqs("categories"),
    queryFn: ({ signal }) =>
      api.get<Page<{ id: string; name: string; name_fr: string }>>("/api/faq-categories", {}, signal),
    staleTime: 60_000,
  });
}

/** useTargets fetches where an interaction may go, or for "" how colleagues stand, while `on`. */
export function useTargets(interaction: string, on: boolean) {
  return useQuery({
    queryKey: keys.targets(interaction),
    queryFn: ({ signal }) => api.get<TransferTargets>("/api/transfer-targets", { interaction }, signal),
    enabled: on,
    staleTime: 0,
    refetchInterval: 5_000,
  });
}

/** useDrafts counts this person's drafts to finish. */
export function useDrafts() {
  return useQuery({
    queryKey: keys.cases("drafts", "mine"),
    queryFn: ({ signal }) => api.get<Page<Case>>("/api/cases", { draft: "mine", limit: 100 }, signal),
    refetchInterval: 60_000,
  });
}
