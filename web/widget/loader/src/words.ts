/** The launcher's few words, by language; `{n}` is the number of unread messages. */
export const words = {
  en: { open: "Open chat", close: "Close chat", title: "Chat", unread: ", {n} unread" },
  fr: {
    open: "Ouvrir le clavardage",
    close: "Fermer le clavardage",
    title: "Clavardage",
    unread: ", messages non lus\u00a0: {n}",
  },
};
