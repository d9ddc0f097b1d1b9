import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Chat } from "./chat";
import type { State } from "./state";
import type { Words } from "./words";

/** Desk is what every part of the window gets: the chat, its state now, and the words. */
export interface Desk {
  chat: Chat;
  state: State;
  t: Words;
}
export const DeskContext = createContext<Desk | null>(null);
export const useDesk = (): Desk => useContext(DeskContext)!;
