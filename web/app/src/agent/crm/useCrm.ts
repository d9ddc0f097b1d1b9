import type { CrmKnown, CrmProfile, Interaction, Page } from "@parley/protocol";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client";
import { keys, queryClient } from "../../api/query";
import { problemText } from "../../parts/problem";
import { toast } from "../../ui/toast";
import { openTab } from "./crmTab";
import { markShown, wasShown } from "./shown";

/** How often what is under way is looked at where no news comes. Unit: milliseconds. */
const lookEvery = 2_000;

/** useCrm is what CRMs outside know of who writes, kept up with the news (DYN-02). */
export function useCrm(i: Pick<Interaction, "id" | "crm"> & Partial<Interaction>, on = true) {
  const client = useQueryClient();
  // Records may pop when it has ended, and not before (POP-01).
  const rev = [i.state, ...(i.crm ?? []).map((c) => `${c.connection_id}.${c.rev}`)].join(" ");
  const query = useQuery({
    queryKey: keys.interactions(i.id, "crm"),
    queryFn: ({ signal }) => api.get<Page<CrmKnown>>(`/api/interactions/${i.id}/crm`, {}, signal),
    enabled: on,
    refetchInterval: (q) => (q.state.data?.items.some(underWay) ? lookEvery : false),
  });
  const seen = useRef(rev);
  useEffect(() => {
    if (seen.current === rev) return;
    seen.current = rev;
    void client.invalidateQueries({ queryKey: keys.interactions(i.id, "crm") });
  }, [rev, client, i.id]);
  return query;
}

function underWay(k: CrmKnown): boolean {
  return k.state === "searching" || k.log?.state === "pending";
}

/** madeThere are the CRMs that know nobody, and whose own form for somebody new was opened. */
const madeThere = (id: string, known: CrmKnown[]) =>
  known.filter((k) => k.state === "found" && k.records.length === 0 && wasShown(id, k.connection_id));

/** useLookAgain looks up once more as an agent comes back from making a contact in a CRM's own form (DYN-03). */
export function useLookAgain(id: string, known: CrmKnown[]) {
  const latest = useRef(known);
  latest.current = known;
  useEffect(() => {
    const back = () => {
      // A refused one says nothing: nobody asked for it, and "Look up again" is there.
      for (const k of madeThere(id, latest.current))
        api.post(`/api/interactions/${id}/crm/${k.connection_id}/lookup`).catch(() => undefined);
    };
    addEventListener("focus", back);
    return () => removeEventListener("focus", back);
  }, [id]);
}

/** Pop is the page outside that opens when an interaction is accepted: a click opens one tab, so the first CRM's; others wait beside the conversation (DYN-03, DYN-04). */
export interface Pop {
  /** The CRM it is in. */
  connection: string;
  /** "" if there is none, as far as it is known. */
  url: string;
  /** The CRM has answered since this was read: ask popLate. */
  old: boolean;
}

const popIn = (id: string, known: Page<CrmKnown> | undefined) =>
  known?.items.find((k) => k.pop_url && !wasShown(id, k.connection_id));

/** popOf is what is known of it now: a tab opens with the click, and not after a question. */
export function popOf(i: Pick<Interaction, "id" | "crm">): Pop {
  const known = queryClient.getQueryData<Page<CrmKnown>>(keys.interactions(i.id, "crm"));
  const pop = popIn(i.id, known);
  const isNew = (c: NonNullable<Interaction["crm"]>[number]) =>
    (known?.items.find((k) => k.connection_id === c.connection_id)?.rev ?? 0) < c.rev;
  return {
    connection: pop?.connection_id ?? "",
    url: pop?.pop_url ?? "",
    old: !pop && (i.crm ?? []).some(isNew),
  };
}

/**
 * popLate opens it when the answer came with the click; where the browser blocks that, its link waits beside the
 * conversation. It asks for itself: a question of the card's ends with the card, and no answer comes.
 */
export async function popLate(id: string): Promise<void> {
  const known = await api.get<Page<CrmKnown>>(`/api/interactions/${id}/crm`);
  queryClient.setQueryData(keys.interactions(id, "crm"), known);
  const pop = popIn(id, known);
  if (pop && (await openTab().lead(pop.pop_url))) markShown(id, pop.connection_id);
}

/** useCrmActs are what an agent does about a CRM outside. Each says whether it was done. */
export function useCrmActs(id: string, connection: string) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const at = `/api/interactions/${id}/crm/${connection}`;
  async function act(run: () => Promise<unknown>, said?: string): Promise<boolean> {
    try {
      await run();
      if (said) toast(said, "good");
      return true;
    } catch (error) {
      toast(problemText(t, error), "bad");
      return false;
    } finally {
      await client.invalidateQueries({ queryKey: keys.interactions(id, "crm") });
    }
  }
  return {
    choose: (record: { object: string; id: string; name: string }) =>
      act(
        () => api.put(`${at}/choice`, { object: record.object, id: record.id }),
        t("crm.chosen", { name: record.name }),
      ),
    lookUp: () => act(() => api.post(`${at}/lookup`)),
    retry: () => act(() => api.post(`${at}/log-retry`)),
  };
}

/** The key of how CRMs outside behave for this person. */
export const crmProfileKey = ["crm-profile"] as const;

/** useCrmProfile is how CRMs outside behave for this person (DYN-07). */
export function useCrmProfile() {
  return useQuery({
    queryKey: crmProfileKey,
    queryFn: ({ signal }) => api.get<CrmProfile>("/api/agents/me/crm", {}, signal),
  });
}
