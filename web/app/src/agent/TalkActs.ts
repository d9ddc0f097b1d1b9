import type { Message } from "@parley/protocol";
import { createContext, useContext } from "react";

/** TalkActs is what can be done with a single message of the open conversation. */
export interface TalkActs {
  /** Whose messages may be sent again: those of one before are over. */
  interaction: string;
  /** Null where an answer cannot show what it answers. */
  reply: ((message: Message) => void) | null;
  /** The emojis a network shows under a customer's message; none where it shows none. */
  reactions: string[];
  /** Puts one there, or takes ours away (""). */
  react: (message: Message, emoji: string) => Promise<boolean>;
  /** anyway: it may arrive twice. */
  resend: (message: Message, anyway: boolean) => Promise<boolean>;
  /** Whether nothing can be said until the customer writes again: their window is over, or they asked for silence. */
  locked: boolean;
  /** Null where the network cannot be asked what became of one. */
  check: ((message: Message) => Promise<void>) | null;
}

const TalkActsContext = createContext<TalkActs | null>(null);

export const TalkActsProvider = TalkActsContext.Provider;

/** useTalkActs is null where nothing can be done: the conversation is over, or another's. */
export const useTalkActs = () => useContext(TalkActsContext);
