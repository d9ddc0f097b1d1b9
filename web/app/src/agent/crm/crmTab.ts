import type { CrmKnown, Interaction, Page } from "@parley/protocol";
import { api } from "../../api/client";
import { openPage } from "../../panel/framework";
import { framed } from "../../panel/surface";

/** Opening is a tab that was opened with a click, before it is known what it shows. */
interface Opening {
  /** Leads it there, and says whether somebody sees it: a browser may have blocked the tab. */
  lead: (url: string) => Promise<boolean>;
  close: () => void;
}

/** How often, and how many times, the panel asks whether a log is there. Unit of askEvery: milliseconds. */
const askEvery = 2_000;
const askMost = 60;

/**
 * openTab opens a tab with the click that is being handled: a browser lets no
 * later one through. Inside a CRM its framework opens the record (DYN-03).
 */
export function openTab(): Opening {
  if (framed) return { lead: openPage, close: () => undefined };
  const tab = window.open("", "_blank");
  if (tab) tab.opener = null;
  return {
    lead: (url) => {
      tab?.location.replace(url);
      return Promise.resolve(tab !== null);
    },
    close: () => tab?.close(),
  };
}

/** openCrmLog opens the page that leads to an interaction's log outside, once it is there (DYN-06). */
export function openCrmLog(i: Interaction) {
  if (!i.crm?.length) return;
  if (framed) void showLog(i.id);
  else window.open(`/agent/crm-log/${i.id}`, "_blank", "noopener");
}

/** showLog lets the framework show a log as soon as it is there: that of its own CRM, where there are several. */
async function showLog(id: string) {
  const refused = new Set<string>();
  for (let n = 0; n < askMost; n++) {
    await new Promise((done) => setTimeout(done, askEvery));
    const known = await api.get<Page<CrmKnown>>(`/api/interactions/${id}/crm`).catch(() => null);
    for (const { log } of known?.items ?? []) {
      if (log?.state !== "posted" || !log.url || refused.has(log.url)) continue;
      if (await openPage(log.url)) return true;
      refused.add(log.url);
    }
  }
  return false;
}
