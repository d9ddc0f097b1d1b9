import type { Message } from "@parley/protocol/visitor";
import { ask } from "./api";
import { add } from "./take";

/**
 * whole returns messages with all that was said before them, and what is missing between them.
 *
 * Source: WEB-07, UX-63.
 */
export async function whole(messages: Message[], token: string): Promise<Message[]> {
  for (let before = Infinity; ; ) {
    const after = messages.findLast((m, i) => m.seq < before && m.seq > (messages[i - 1]?.seq ?? 0) + 1);
    if (!after) return messages;
    before = after.seq;
    const path = `conversation/messages?before=${before}`;
    const { items } = await ask<{ items: Message[] }>("GET", path, token);
    messages = items.reduce(add, messages);
  }
}
