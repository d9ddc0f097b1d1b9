import type { Message, VisitorSnapshot, VisitorView, VisitorWire } from "@parley/protocol/visitor";

/** Mirror is what the server said of the conversation, as of entry `n` of its log. */
export interface Mirror {
  n: number;
  conversation: VisitorView;
  messages: Message[];
}
export type Frame = NonNullable<VisitorWire["frame"]>;

/** mirror returns the Mirror of a snapshot, with what we hold of older messages. */
export function mirror(snapshot: VisitorSnapshot, held: Message[] = []): Mirror {
  const { n, conversation, messages } = snapshot;
  return { n, conversation, messages: messages.reduce(add, held) };
}

/**
 * take returns the mirror after `frame`, or null if something is missing
 * between them; the caller fetches a snapshot. A repeat changes nothing.
 *
 * Source: RES-04.
 */
export function take(mirror: Mirror, frame: Frame): Mirror | null {
  if (frame.to <= mirror.n) return mirror;
  if (frame.from > mirror.n) return null;
  let { conversation, messages } = mirror;
  for (const event of frame.events) {
    if (event.n <= mirror.n) continue;
    if (event.conversation) conversation = event.conversation;
    if (event.message) messages = add(messages, event.message);
  }
  return { n: frame.to, conversation, messages };
}

/** add puts a message at its place by seq, once. */
export function add(messages: Message[], message: Message): Message[] {
  if (messages.some((m) => m.seq === message.seq)) return messages;
  const at = messages.findLastIndex((m) => m.seq < message.seq) + 1;
  return messages.toSpliced(at, 0, message);
}
