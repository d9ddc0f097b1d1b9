import type { Message, Page } from "@parley/protocol";
import { useCallback, useState } from "react";
import { api } from "../api/client";

const none: Message[] = [];

/** useOlder fetches what was said before the messages the mirror holds, page by page. */
export function useOlder(conversation: string, known: Message[]) {
  const [pages, setPages] = useState<Record<string, { messages: Message[]; done: boolean }>>({});
  const [busy, setBusy] = useState(false);
  const page = pages[conversation];
  const mine = page && reaches(page.messages, known) ? page : undefined;
  const first = mine?.messages[0]?.seq ?? known[0]?.seq ?? 0;
  const more = first > 1 && !mine?.done;

  const load = useCallback(async () => {
    if (busy || !more) return;
    setBusy(true);
    try {
      const page = await api.get<Page<Message>>(`/api/conversations/${conversation}/messages`, {
        before: first,
        limit: 50,
      });
      const found = [...page.items].sort((a, b) => a.seq - b.seq).filter((m) => m.seq < first);
      setPages((all) => ({
        ...all,
        [conversation]: {
          messages: [...found, ...(mine?.messages ?? [])],
          done: found.length === 0,
        },
      }));
    } catch {
      // the button stays: one can ask again
    }
    setBusy(false);
  }, [busy, more, conversation, first, mine]);

  return { older: mine?.messages ?? none, more, load };
}

/** reaches reports whether nothing is missing between older messages and those the mirror holds; after a long gap it may. */
export function reaches(older: Message[], known: Message[]): boolean {
  if (older.length === 0 || known.length === 0) return true;
  return older.at(-1)!.seq === known[0]!.seq - 1;
}
