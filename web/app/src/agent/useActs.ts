import type { Message } from "@parley/protocol";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { api, path } from "../api/client";
import { currentLanguage } from "../i18n";
import { problemText } from "../parts/problem";
import { settle, toast } from "../ui/toast";
import type { Ban } from "./BlockDialog";

const at = (id: string) => `/api/interactions/${id}`;

/** Acts is what an agent does with interactions. Each says whether it worked; a refusal is told. */
export function useActs() {
  const { t } = useTranslation();
  return useMemo(() => {
    async function act(what: () => Promise<unknown>): Promise<boolean> {
      try {
        await what();
        return true;
      } catch (error) {
        toast(problemText(t, error), "bad");
        return false;
      }
    }
    return {
      act,
      end: (id: string) => act(() => api.put(`${at(id)}/end`)),
      mailTranscript: (id: string) =>
        act(async () => {
          const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
          await api.post(path(`${at(id)}/transcript-mail`, { language: currentLanguage(), zone }));
          toast(t("agent.end.mailed"), "good");
        }),
      view: (id: string) => api.put(`${at(id)}/view`).catch(() => undefined),
      dismiss: (id: string) => act(() => api.delete(`${at(id)}/row`)),
      finish: (id: string) => act(() => api.put(`${at(id)}/wrap-up`)),
      extend: (id: string) => act(() => api.post(`${at(id)}/wrap-up/extension`)),
      choose: (id: string, ids: string[]) =>
        act(async () => {
          await api.put(`${at(id)}/dispositions`, { ids });
          settle(id);
        }),
      link: (id: string, customer: string) =>
        act(() => api.put(`${at(id)}/customer`, { customer_id: customer })),
      typing: (id: string, typing: boolean) =>
        api.post(`${at(id)}/typing`, { typing }).catch(() => undefined),
      unpark: (id: string) => act(() => api.put(`${at(id)}/unpark`)),
      block: (id: string, name: string, ban: Ban) =>
        act(async () => {
          const made = await api.post<{ id: string }>(`${at(id)}/block`, ban);
          const undo = () =>
            act(async () => {
              await api.delete(`/api/blocks/${made.id}`);
              toast(t("talk.block.undone"), "good");
            });
          toast(t("talk.block.done", { name }), "good", {
            label: t("talk.block.undo"),
            run: () => void undo(),
            of: [made.id],
          });
        }),
      resend: (message: string, anyway: boolean) =>
        act(() => api.put(`/api/messages/${message}/retry`, { anyway })),
      react: (message: string, emoji: string) =>
        act(() => {
          const reaction = `/api/messages/${message}/reaction`;
          return emoji ? api.put(reaction, { emoji }) : api.delete(reaction);
        }),
      check: (message: string) =>
        act(async () => {
          const { delivery } = await api.post<Message>(`/api/messages/${message}/check`);
          if (delivery?.state === "unconfirmed") toast(t("talk.unknownStill"));
        }),
      queues: (enabled: string[]) => act(() => api.put("/api/agents/me/queues", { enabled })),
    };
  }, [t]);
}

export type Acts = ReturnType<typeof useActs>;
