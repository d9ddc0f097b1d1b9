import type { Message } from "@parley/protocol";
import i18next from "i18next";
import type { T } from "../i18n";

/** systemText says what a system message's code means. */
export function systemText(t: T, m: Pick<Message, "text" | "agent">): string {
  const key = i18next.exists(`system.${m.text}`, { ns: "app" }) ? `system.${m.text}` : "system.other";
  return (t as (key: string, data: object) => string)(key, { name: m.agent?.display_name ?? "" });
}
