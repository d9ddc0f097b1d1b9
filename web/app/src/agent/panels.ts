/** The tabs beside a conversation; the address names the one that is open. */
export const panels = ["customer", "case", "history", "faq", "crm"] as const;
export type Panel = (typeof panels)[number];
