import { type QueryKey, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { type ApiError, api } from "../../api/client";
import { type Change, changes, merge, same } from "./merge";
import { useRun } from "./useRun";

/** Kept is what can be edited: the server made its id, and counts its versions. */
export type Kept = { id: string; rev: number };

/** Start is what was typed, and the record it was typed on. */
export type Start<T> = { base: T; draft: T };

interface Options<T> {
  /** Where it is kept: /api/admin/queues. */
  path: string;
  /** As it is saved; id "" is one that has yet to be made. */
  saved: T;
  /** What is fetched again after a change. */
  root: QueryKey;
  /** How the form begins, where something was typed before and not saved; else with the record as it is. */
  start?: Start<T> | null;
  /** What is sent; without it the record as it is, but for its id. */
  body?: (draft: T) => unknown;
  /** Reads it as it is saved now; without it by a plain GET. */
  read?: (id: string) => Promise<T>;
  onMade: (id: string) => void;
  onRemoved?: () => void;
}

/** Editor is a form over one record: what it says, whether it is saved, what is wrong with it. */
export interface Editor<T> {
  /** The record as it was when the typing began. */
  base: T;
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
  /** Who saved meanwhile, and when, where the server says so. */
  changedBy: { by: string; at: number } | null;
  /** Answers the conflict: gives way in `given`, keeps ours elsewhere, and saves. */
  settle: (given: ReadonlySet<string>) => Promise<boolean>;
  leave: () => void;
}

const nothing: ReadonlySet<string> = new Set();

/**
 * useEditor edits one record with optimistic versions: a save of an old version
 * overwrites nothing, it asks (UX-43).
 */
export function useEditor<T extends Kept>(options: Options<T>): Editor<T> {
  const { path, saved, root, body = whole, onMade, onRemoved } = options;
  const read = options.read ?? ((id: string) => api.get<T>(`${path}/${id}`));
  const client = useQueryClient();
  const [base, setBase] = useState(options.start?.base ?? saved);
  const [draft, setDraft] = useState(options.start?.draft ?? saved);
  const [theirs, setTheirs] = useState<T | null>(null);
  const [changedBy, setChangedBy] = useState<Editor<T>["changedBy"]>(null);
  const [done, setDone] = useState(false);
  const { run, busy, error, forgive } = useRun();
  const dirty = !same(base, draft);
  const where = `${path}/${saved.id}`;

  /** become takes what is saved now; what was typed since `before` was sent stays. */
  const become = (now: T, before?: T) => {
    setBase(now);
    setDraft((typed) => (before ? merge(before, typed, now, nothing) : now));
    setTheirs(null);
  };
  if (!dirty && !busy && saved.rev > base.rev) become(saved); // somebody else's version, and nothing of ours to lose

  const write = (value: T, before: T) =>
    run(
      async () => {
        const made = saved.id
          ? await api.put<undefined>(where, body(value))
          : await api.post<Partial<Kept> | undefined>(path, body(value));
        become(saved.id ? await read(saved.id) : value, before);
        setDone(true);
        client.invalidateQueries({ queryKey: root });
        if (!saved.id) onMade(made?.id ?? "");
      },
      saved.id
        ? async ({ data: { by, at } }) => {
            setChangedBy(typeof by === "string" && typeof at === "number" ? { by, at } : null);
            setTheirs(await read(saved.id));
          }
        : undefined,
    );

  const remove = () =>
    run(async () => {
      await api.delete(where);
      onRemoved?.();
      // What is gone is not asked for again; lists are when they are seen next.
      client.invalidateQueries({ queryKey: root, refetchType: "none" });
    });

  const settle = async (given: ReadonlySet<string>) => {
    if (!theirs) return false;
    const both = merge(base, draft, theirs, given);
    setBase(theirs);
    setDraft(both);
    setTheirs(null);
    return same(both, theirs) || write(both, both);
  };

  return {
    base,
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
      forgive();
      setDraft(base);
    },
    save: (change) => write({ ...draft, ...change }, draft),
    remove,
    conflict: theirs && changes(base, draft, theirs),
    changedBy,
    settle,
    leave: () => setTheirs(null),
  };
}

function whole<T extends Kept>({ id: _, ...rest }: T): unknown {
  return rest;
}
