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

const dayKey = (at: number) => new Date(at).toDateString();

/** linesOf puts messages, notes and what is on its way into one column, with a line for each new day. */
export function linesOf(c: Column): Line[] {
  const known = new Set([...c.messages.map((m) => m.client_id), ...c.notes.map((n) => n.client_id)]);
  const said: Line[] = [
    ...c.messages.map(
      (message): Line => ({ kind: "message", key: message.client_id || message.id, at: message.at, message }),
    ),
    ...c.notes.map((note): Line => ({ kind: "note", key: note.client_id || note.id, at: note.at, note })),
  ];
  said.sort((a, b) => a.at - b.at || seq(a) - seq(b));
  for (const sending of c.sending) {
    if (!known.has(sending.client_id)) {
      said.push({ kind: "sending", key: sending.client_id, at: sending.at + c.offset, sending });
    }
  }
  return withDividers(said, c.gap);
}

const seq = (l: Line) => (l.kind === "message" ? l.message.seq : 0);

function withDividers(said: Line[], gap: Column["gap"]): Line[] {
  const all: Line[] = [];
  let day = "";
  let told = false;
  for (const line of said) {
    if (dayKey(line.at) !== day) {
      day = dayKey(line.at);
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
