import { type QueryKey, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { ApiError, api } from "../../api/client";
import { type Change, changes, merge, same } from "./merge";

/** Kept is what can be edited: the server made its id, and counts its versions. */
export type Kept = { id: string; rev: number };

interface Options<T> {
  /** Where it is kept: /api/admin/queues. */
  path: string;
  /** As it is saved; id "" is one that has yet to be made. */
  saved: T;
  /** What is fetched again after a change. */
  root: QueryKey;
  /** What is sent; without it the record as it is, but for its id. */
  body?: (draft: T) => unknown;
  /** Reads it as it is saved now; without it by a plain GET. */
  read?: (id: string) => Promise<T>;
  onMade: (id: string) => void;
  onRemoved?: () => void;
}

/** Editor is a form over one record: what it says, whether it is saved, what is wrong with it. */
export interface Editor<T> {
  draft: T;
  isNew: boolean;
  dirty: boolean;
  busy: boolean;
  /** It was saved and nothing was typed since. */
  done: boolean;
  error: ApiError | null;
  set: (change: Partial<T>) => void;
  reset: () => void;
  save: (change?: Partial<T>) => Promise<boolean>;
  remove: () => Promise<boolean>;
  /** What somebody else saved meanwhile; saving again needs an answer. */
  conflict: Change[] | null;
  /** Answers the conflict: gives way in `given`, keeps ours elsewhere, and saves. */
  settle: (given: ReadonlySet<string>) => Promise<boolean>;
  leave: () => void;
}

/**
 * useEditor edits one record with optimistic versions: a save of an old version
 * overwrites nothing, it asks (UX-43).
 */
export function useEditor<T extends Kept>(options: Options<T>): Editor<T> {
  const { path, saved, root, body = whole, onMade, onRemoved } = options;
  const read = options.read ?? ((id: string) => api.get<T>(`${path}/${id}`));
  const client = useQueryClient();
  const [base, setBase] = useState(saved);
  const [draft, setDraft] = useState(saved);
  const [theirs, setTheirs] = useState<T | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState(false);
  const running = useRef(false);
  const dirty = !same(base, draft);
  const where = `${path}/${saved.id}`;

  useEffect(() => {
    if (dirty || running.current || saved.rev <= base.rev) return;
    setBase(saved);
    setDraft(saved);
  }, [saved, dirty, base.rev]);

  const become = useCallback(
    (now: T) => {
      setBase(now);
      setDraft(now);
      setTheirs(null);
      setDone(true);
      client.invalidateQueries({ queryKey: root });
    },
    [client, root],
  );

  const run = async (work: () => Promise<void>): Promise<boolean> => {
    if (running.current) return false;
    running.current = true;
    setBusy(true);
    setError(null);
    try {
      await work();
      return true;
    } catch (cause) {
      if (!(cause instanceof ApiError)) throw cause;
      if (cause.code === "conflict" && saved.id) setTheirs(await read(saved.id).catch(() => null));
      else setError(cause);
      return false;
    } finally {
      running.current = false;
      setBusy(false);
    }
  };

  const write = (value: T) =>
    run(async () => {
      if (!saved.id) {
        const made = await api.post<Partial<Kept> | undefined>(path, body(value));
        become(value);
        onMade(made?.id ?? "");
        return;
      }
      await api.put(where, body(value));
      become(await read(saved.id));
    });

  return {
    draft,
    isNew: saved.id === "",
    dirty,
    busy,
    done: done && !dirty,
    error,
    set: (change) => {
      setDone(false);
      setDraft((d) => ({ ...d, ...change }));
    },
    reset: () => {
      setError(null);
      setDraft(base);
    },
    save: (change) => write({ ...draft, ...change }),
    remove: () =>
      run(async () => {
        await api.delete(where);
        client.invalidateQueries({ queryKey: root });
        onRemoved?.();
      }),
    conflict: theirs && changes(base, draft, theirs),
    settle: async (given) => {
      if (!theirs) return false;
      const both = merge(base, draft, theirs, given);
      setBase(theirs);
      setDraft(both);
      setTheirs(null);
      return same(both, theirs) ? true : write(both);
    },
    leave: () => setTheirs(null),
  };
}

function whole<T extends Kept>({ id: _, ...rest }: T): unknown {
  return rest;
}
