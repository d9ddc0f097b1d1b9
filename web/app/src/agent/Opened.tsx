import type { Interaction } from "@parley/protocol";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type RefObject, Suspense, useEffect, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "wouter";
import { api } from "../api/client";
import { keys } from "../api/query";
import { useLive } from "../live/floor";
import { toast } from "../ui/toast";
import { Conversation } from "./Conversation";
import css from "./Desk.module.css";
import { customerDraft, useDraft } from "./drafts";
import { Context } from "./later";
import { drawn, type Panel, panels } from "./panels";
import { returned } from "./park";
import { popOf, useLogPop } from "./pop";
import type { Acts } from "./useActs";
import { useInsert } from "./useSayings";

interface OpenedProps {
  interaction: Interaction;
  gone: boolean;
  acts: Acts;
  field: RefObject<HTMLTextAreaElement | null>;
}

/** Opened is one conversation with its context, focus in the reply. */
export function Opened({ interaction, gone, acts, field }: OpenedProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const me = useLive((l) => l.me);
  const i = useClosed(interaction, gone);
  const [search, setSearch] = useSearchParams();
  const asked = search.get("panel") as Panel | null;
  const popped = me.pop.on_offer || me.pop.on_accept || (i.state !== "active" && me.pop.on_end);
  const first: Panel = popped && i.match.rule === "case" && i.case ? "case" : "customer";
  const panel = asked && panels.includes(asked) ? asked : first;
  const show = (p: Panel | null) => setSearch(p ? { panel: p } : {}, { replace: true });
  const ended = i.state !== "active";
  function back() {
    show(null);
    if (matchMedia("(pointer: fine)").matches) requestAnimationFrame(() => field.current?.focus());
  }

  useEffect(() => {
    if (matchMedia("(min-width: 48rem)").matches) field.current?.focus();
  }, [field]);
  const pop = popOf(i, me);
  // Where the panel lies over the wrap-up, a log saved before waits until that is done.
  const clear = gone || !drawn();
  const typing = useDraft(customerDraft(i.id), "") !== "";
  useLogPop(ended && clear && pop !== "none" && i.case !== null, typing, () => show("case"));

  async function saveToCrm() {
    const ok = await acts.act(async () => {
      const made = await api.put<{ number: number; created: boolean }>(`/api/interactions/${i.id}/case`);
      toast(t(made.created ? "agent.crm.saved" : "agent.crm.updated", { n: made.number }), "good");
      await client.invalidateQueries({ queryKey: keys.interactions(i.id) });
    });
    if (ok) show("case");
  }
  const limit = i.composer?.limit ?? me.limits[i.channel as keyof typeof me.limits] ?? me.limits.webchat;
  const insert = useInsert({ interaction: i, limit, acts, field });
  const link = (customer: string) =>
    acts.act(async () => {
      await api.put(`/api/interactions/${i.id}/customer`, { customer_id: customer });
      toast(t("agent.match.linked"), "good");
      await client.invalidateQueries({ queryKey: keys.interactions(i.id) });
    });

  return (
    <>
      <Conversation
        interaction={i}
        me={me}
        acts={acts}
        field={field}
        gone={gone}
        onSaveToCrm={() => void saveToCrm()}
        limit={limit}
        onInsert={insert}
        onContext={() => show(asked ? null : panel)}
        onCrm={() => show("crm")}
      />
      <Suspense fallback={<aside className={css.coming} />}>
        <Context
          interaction={i}
          me={me}
          panel={panel}
          onPanel={show}
          popped={popped}
          onLink={link}
          onSaveToCrm={() => void saveToCrm()}
          onChoose={i.state === "active" && !gone ? (ids) => void acts.choose(i.id, ids) : null}
          onInsert={i.state === "active" && !gone ? insert : null}
          onClose={back}
        />
      </Suspense>
    </>
  );
}

/**
 * useClosed is the interaction as it ended, once it has left the list: its log
 * was made in the very commit that closed it (CRM-09).
 */
function useClosed(kept: Interaction, gone: boolean): Interaction {
  const query = useQuery({
    queryKey: keys.interactions(kept.id),
    queryFn: () => api.get<{ interaction: Interaction }>(`/api/interactions/${kept.id}`),
    enabled: gone,
  });
  const known = query.data?.interaction;
  return useMemo(() => (gone ? returned(known ?? kept) : kept), [gone, known, kept]);
}
