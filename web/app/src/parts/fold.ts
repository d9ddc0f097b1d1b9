/** fold makes words comparable: no case, no accents. */
export const fold = (text: string) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** matches reports whether a text holds what somebody looks for. */
export const matches = (text: string, sought: string) => fold(text).includes(fold(sought.trim()));
