import { QueryClient } from "@tanstack/react-query";
import { ApiError } from "./client";

/** queryClient keeps the pages fetched for lists and forms. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      retry: (count, error) =>
        count < 2 && !(error instanceof ApiError && error.status >= 400 && error.status < 500),
      staleTime: 5_000,
      refetchOnWindowFocus: true,
    },
    mutations: { retry: false },
  },
});

/** keys names what is fetched. The first word is the noun. */
export const keys = {
  session: () => ["session"] as const,
  customers: (...rest: unknown[]) => ["customers", ...rest] as const,
  consent: (version: string) => ["consents", version] as const,
  tasks: (...rest: unknown[]) => ["tasks", ...rest] as const,
  cases: (...rest: unknown[]) => ["cases", ...rest] as const,
  interactions: (...rest: unknown[]) => ["interactions", ...rest] as const,
  missed: (...rest: unknown[]) => ["missed", ...rest] as const,
  faqs: (...rest: unknown[]) => ["faqs", ...rest] as const,
  offers: (...rest: unknown[]) => ["offers", ...rest] as const,
  blocks: (...rest: unknown[]) => ["blocks", ...rest] as const,
  targets: (interaction: string) => ["targets", interaction] as const,
  help: () => ["help"] as const,
  columns: () => ["columns"] as const,
  shortcuts: () => ["shortcuts"] as const,
  admin: (...rest: unknown[]) => ["admin", ...rest] as const,
};
