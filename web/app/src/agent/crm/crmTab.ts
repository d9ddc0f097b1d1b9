import type { Interaction } from "@parley/protocol";

/** Opening is a tab that was opened with a click, before it is known what it shows. */
export interface Opening {
  lead: (url: string) => void;
  close: () => void;
}

/** openTab opens a tab with the click that is being handled: a browser lets no later one through (DYN-03). */
export function openTab(): Opening {
  const tab = window.open("", "_blank");
  if (tab) tab.opener = null;
  return {
    lead: (url) => tab?.location.replace(url),
    close: () => tab?.close(),
  };
}

/** openCrmLog opens the page that leads to an interaction's log outside, once it is there (DYN-06). */
export function openCrmLog(i: Interaction) {
  if (i.crm?.length) window.open(`/agent/crm-log/${i.id}`, "_blank", "noopener");
}
