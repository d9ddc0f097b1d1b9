import type { Canned, Interaction, Me, Page } from "@parley/protocol";
import { useQuery } from "@tanstack/react-query";
import type { RefObject } from "react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client";
import { keys } from "../api/query";
import { toLanguage } from "../i18n";
import { outbox } from "../live/floor";
import { toast } from "../ui/toast";
import { chosenWith, fitting, isMacro, ofCanned, ofFaq, placed, type Saying } from "./composer/saying";
import { draftOf, setDraft } from "./drafts";
import { factsOf, holeIn } from "./fill";
import type { Acts } from "./useActs";
import { useFaqs } from "./useRecords";

/** useCanned fetches the canned replies one may use. */
export function useCanned(on = true) {
  return useQuery({
    queryKey: keys.faqs("canned"),
    queryFn: ({ signal }) => api.get<Page<Canned>>("/api/canned-replies", {}, signal),
    enabled: on,
    staleTime: 60_000,
  });
}

/** useSayings finds what can be said to a customer, ready: canned replies before answers. */
export function useSayings(i: Interaction, me: Me, typed: string, category = "") {
  const language = toLanguage(i.visitor.language);
  const faqs = useFaqs(typed.trim().replace(/^\//, ""), language, category);
  const canned = useCanned();
  const facts = useMemo(() => factsOf(i, me), [i, me]);
  const rich = i.rich ?? false;
  const answers = useMemo(
    () => (faqs.data?.items ?? []).map((f) => ofFaq(f, facts, rich)),
    [faqs.data, facts, rich],
  );
  const replies = useMemo(() => {
    const all = (canned.data?.items ?? []).map((c) => ofCanned(c, language, facts));
    return fitting(all, typed);
  }, [canned.data, typed, language, facts]);
  return { answers, replies, query: faqs };
}

/** Insert puts something into the reply, unsent; it returns how many characters too many it would be (FAQ-02, FAQ-03). */
export type Insert = (s: Saying) => number;

interface InsertAt {
  interaction: Interaction;
  limit: number;
  acts: Acts;
  field: RefObject<HTMLTextAreaElement | null>;
}

/** useInsert inserts at the cursor. A macro sets its codes and adds its note at once; its words and codes can be undone. */
export function useInsert({ interaction: i, limit, acts, field }: InsertAt): Insert {
  const { t } = useTranslation();
  async function also(s: Saying, before: string, after: string) {
    const next = chosenWith(i.lists, i.chosen, s.dispositions);
    if (next !== i.chosen && !(await acts.choose(i.id, next))) return;
    if (s.note) outbox.send({ interaction: i.id, conversation: "", text: s.note });
    toast(t("agent.faq.macroDone", { name: s.title }), "good", {
      label: t("agent.faq.macroUndo"),
      run: () => {
        if (draftOf(i.id, i.draft) === after) setDraft(i.id, before);
        if (next !== i.chosen) void acts.choose(i.id, i.chosen);
        field.current?.focus();
      },
      of: [i.id],
    });
  }
  return (s) => {
    const text = draftOf(i.id, i.draft);
    const from = field.current?.selectionStart ?? text.length;
    const at = placed(s.text, { text, from, to: field.current?.selectionEnd ?? from, limit });
    if (at.over > 0) return at.over;
    setDraft(i.id, at.text);
    const address = s.kind === "faq" ? `/api/faqs/${s.id}/uses` : `/api/canned-replies/${s.id}/uses`;
    api.post(address).catch(() => undefined);
    if (isMacro(s)) void also(s, text, at.text);
    const hole = holeIn(at.text);
    const start = hole ? at.text.indexOf(hole) : at.cursor;
    requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.setSelectionRange(start, start + hole.length);
    });
    return 0;
  };
}
