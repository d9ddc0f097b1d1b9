import type { Agent, Event, Frame, Interaction, Me, Message, Note, Snapshot } from "@parley/protocol";
import { nameless } from "./nameless";

/** Live is the mirror: what this person may see, as of entry `n` of the log. */
export interface Live {
  n: number;
  me: Me;
  agents: Record<string, Agent>;
  interactions: Record<string, Interaction>;
  messages: Record<string, Message[]>;
  notes: Record<string, Note[]>;
}

/**
 * fromSnapshot returns the mirror of a snapshot. A snapshot has the last
 * messages of a conversation; the older ones that are `held` stay.
 */
export function fromSnapshot(s: Snapshot, held: Live["messages"] = {}): Live {
  const messages = Object.entries(s.messages ?? {}).map(([at, said]) => [at, joined(held[at] ?? [], said)]);
  return {
    n: s.n,
    me: s.me,
    agents: Object.fromEntries(s.agents.map((a) => [a.id, a])),
    interactions: Object.fromEntries(s.interactions.map((i) => [i.id, nameless(i)])),
    messages: Object.fromEntries(messages),
    notes: s.notes ?? {},
  };
}

/** joined puts the older messages before a conversation's last ones, unless some are missing between them. */
function joined(older: Message[], last: Message[]): Message[] {
  const first = last[0]?.seq ?? 0;
  const before = older.filter((m) => m.seq < first);
  return before.at(-1)?.seq === first - 1 ? [...before, ...last] : last;
}

/**
 * take returns the mirror after `frame`: all that this person may see of the
 * log in (from, to]. Returns null if something is missing between them; the
 * caller fetches a snapshot.
 *
 * Source: R-52.
 */
export function take(live: Live, frame: Frame): Live | null {
  if (frame.to <= live.n) return live; // a repeat, after a reconnect
  if (frame.from > live.n) return null;
  const fresh = (frame.events ?? []).filter((e) => e.n > live.n);
  return { ...fresh.reduce(apply, live), n: frame.to };
}

/** apply remembers one event. The server decides; the browser remembers. */
export function apply(live: Live, event: Event): Live {
  let next = live;
  if (event.agent) next = { ...next, agents: { ...next.agents, [event.agent.id]: event.agent } };
  if (event.interaction) {
    const i = nameless(event.interaction);
    next = { ...next, interactions: { ...next.interactions, [i.id]: i } };
  }
  if (event.message) {
    const at = event.message.conversation_id;
    next = {
      ...next,
      messages: { ...next.messages, [at]: addMessage(next.messages[at] ?? [], event.message) },
    };
  }
  if (event.note) {
    const at = event.note.interaction_id;
    next = { ...next, notes: { ...next.notes, [at]: addNote(next.notes[at] ?? [], event.note) } };
  }
  if (event.gone) next = without(next, event.gone);
  return next;
}

/** addMessage puts a message in its place by number; one that is there is replaced: it was edited, or came further. */
export function addMessage(list: Message[], message: Message): Message[] {
  let i = list.length;
  while (i > 0 && list[i - 1]!.seq > message.seq) i--;
  if (i > 0 && list[i - 1]!.seq === message.seq) return list.with(i - 1, message);
  return [...list.slice(0, i), message, ...list.slice(i)];
}

function addNote(list: Note[], note: Note): Note[] {
  return list.some((n) => n.id === note.id) ? list : [...list, note];
}

/** without forgets an interaction, and the words only it brought here. */
function without(live: Live, id: string): Live {
  const gone = live.interactions[id];
  if (!gone) return live;
  const { [id]: _, ...interactions } = live.interactions;
  const { [id]: __, ...notes } = live.notes;
  const shared = Object.values(interactions).some((i) => i.conversation_id === gone.conversation_id);
  if (shared) return { ...live, interactions, notes };
  const { [gone.conversation_id]: ___, ...messages } = live.messages;
  return { ...live, interactions, notes, messages };
}
