import type { Page } from "@parley/protocol";
import { type QueryKey, useInfiniteQuery } from "@tanstack/react-query";
import { api, type Query } from "../api/client";

/** Pages is a list that grows by one page at a time. */
export interface Pages<T> {
  items: T[];
  /** The first page is on its way. */
  pending: boolean;
  error: Error | null;
  retry: () => void;
  more: (() => void) | null;
  loadingMore: boolean;
}

/** usePages reads a list by its cursor: what was shown stays where it was. It is read again each `every` ms, if that is not 0. */
export function usePages<T>(key: QueryKey, base: string, query: Query = {}, every = 0): Pages<T> {
  const result = useInfiniteQuery({
    queryKey: [...key, "pages", query],
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<T>>(base, { ...query, after: pageParam, limit: 50 }, signal),
    initialPageParam: "",
    getNextPageParam: (last) => last.next || undefined,
    placeholderData: (before) => before,
    refetchInterval: every || false,
  });
  return {
    items: result.data?.pages.flatMap((page) => page.items ?? []) ?? [],
    pending: result.isPending,
    error: result.error,
    retry: () => void result.refetch(),
    more: result.hasNextPage ? () => void result.fetchNextPage() : null,
    loadingMore: result.isFetchingNextPage,
  };
}
