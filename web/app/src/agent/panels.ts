/** The tabs beside a conversation; the address names the one that is open. */
export const panels = ["customer", "case", "history", "faq", "crm"] as const;
export type Panel = (typeof panels)[number];

/** drawn tells whether the panel lies over the conversation, as on a narrow screen. */
export function drawn(): boolean {
  return matchMedia("(max-width: 79.99rem)").matches;
}
