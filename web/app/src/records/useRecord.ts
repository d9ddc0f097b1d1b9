import { type QueryKey, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";

/** How often an open record is looked at again. Unit: milliseconds. */
const again = 10_000;

type Kept = { id: string; rev: number };

/**
 * useRecord fetches a record, and again while it is open: what a colleague saves is
 * seen without a reload, and so is what stands beside it, its history first. What one
 * has typed stays: saving asks (UX-43). The key begins with the noun and the id.
 */
export function useRecord<T extends Kept>(key: QueryKey, read: () => Promise<T>) {
  const client = useQueryClient();
  const query = useQuery({
    queryKey: key,
    queryFn: read,
    // One that has yet to be made has nobody who could change it.
    refetchInterval: (q) => (q.state.data?.id ? again : false),
    refetchOnWindowFocus: (q) => Boolean(q.state.data?.id),
  });
  const rev = query.data?.rev;
  const seen = useRef(rev);
  const around = useRef<QueryKey>([]);
  around.current = key.slice(0, 2);
  useEffect(() => {
    if (seen.current !== undefined && rev !== seen.current)
      void client.invalidateQueries({ queryKey: around.current });
    seen.current = rev;
  }, [client, rev]);
  return query;
}
