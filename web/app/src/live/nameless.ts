import type { Interaction } from "@parley/protocol";
import i18next from "i18next";

const words = { Visitor: "talk.visitor", Group: "talk.ofGroup" } as const;

/**
 * nameless returns an interaction with its unknown customer named in the reader's language: the server tells
 * everybody the same, "Visitor 4F2A". What somebody calls themselves stays; of who was erased only the record
 * does, and the server names them by the conversation. Source: LOC-02, A-118.
 */
export function nameless(i: Interaction): Interaction {
  if (i.visitor.name) return i;
  const [, kind, end] = /^(Visitor|Group) (\S{1,4})$/.exec(i.customer.name) ?? [];
  if (i.customer.id && end !== i.conversation_id.slice(-4).toUpperCase()) return i;
  const key = words[kind as keyof typeof words];
  if (!key || !i18next.exists(key, { ns: "app" })) return i;
  return { ...i, customer: { ...i.customer, name: i18next.t(key, { ns: "app", end }) as string } };
}
