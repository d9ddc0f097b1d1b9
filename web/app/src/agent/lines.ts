import type { Message, Note } from "@parley/protocol";
import type { Sending } from "../live/outbox";

/** Line is one thing in the conversation's column, oldest first. */
export type Line =
  | { kind: "day"; key: string; at: number }
  | { kind: "gap"; key: string; at: number }
  | { kind: "message"; key: string; at: number; message: Message }
  | { kind: "note"; key: string; at: number; note: Note }
  | { kind: "sending"; key: string; at: number; sending: Sending };

interface Column {
  messages: Message[];
  notes: Note[];
  sending: Sending[];
  /** The last time the link was lost, by the server's clock. */
  gap: { from: number; until: number } | null;
  /** Server clock minus browser clock. */
  offset: number;
}

/** linesOf puts messages, notes and what is on its way into one column, with a line for each new day. */
export function linesOf(c: Column): Line[] {
  const known = new Set([...c.messages.map((m) => m.client_id), ...c.notes.map((n) => n.client_id)]);
  const sending = c.sending
    .filter((s) => !known.has(s.client_id))
    .map((s): Line => ({ kind: "sending", key: s.client_id, at: s.at + c.offset, sending: s }));
  const all = c.messages.map(
    (message): Line => ({ kind: "message", key: message.client_id || message.id, at: message.at, message }),
  );
  for (const line of sending) if (seq(line) > 0) insert(all, line, (l) => seq(l) < seq(line));
  for (const note of c.notes)
    insert(all, { kind: "note", key: note.client_id || note.id, at: note.at, note }, (l) => l.at <= note.at);
  all.push(...sending.filter((line) => seq(line) === 0));
  return withDividers(all, c.gap);
}

/** seq is the number the server gave a line: it says the order, whatever the clocks say (CNV-12). 0 = none yet. */
function seq(l: Line): number {
  if (l.kind === "message") return l.message.seq;
  return l.kind === "sending" ? l.sending.seq : 0;
}

/** insert puts a line after the last of those that come before it. */
function insert(all: Line[], line: Line, before: (l: Line) => boolean) {
  all.splice(all.findLastIndex(before) + 1, 0, line);
}

function withDividers(said: Line[], gap: Column["gap"]): Line[] {
  const all: Line[] = [];
  let day = 0;
  let told = false;
  for (const line of said) {
    const its = new Date(line.at).setHours(0, 0, 0, 0);
    if (its > day) {
      day = its;
      all.push({ kind: "day", key: `day-${day}`, at: line.at });
    }
    const missed = gap && line.kind === "message" && line.at > gap.from && line.at <= gap.until;
    if (missed && !told) {
      told = true;
      all.push({ kind: "gap", key: "gap", at: gap.from });
    }
    all.push(line);
  }
  return all;
}
