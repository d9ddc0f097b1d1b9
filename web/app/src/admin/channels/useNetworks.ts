import type { Page as Listed } from "@parley/protocol";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type ApiError, api } from "../../api/client";
import { keys } from "../../api/query";
import { useFault } from "../../parts/editor/useFault";
import { problemText } from "../../parts/problem";
import { toast } from "../../ui/toast";
import type { Answer, Care, OddEvent, Provider, Pulse } from "./types";

/** How often a page that is being watched asks how things are. Unit: milliseconds. */
const watch = 2_000;

const items = async <T>(address: string) => (await api.get<Listed<T>>(address)).items;

/** useProviders reads which networks there are. */
export function useProviders() {
  return useQuery({
    queryKey: keys.admin("providers"),
    queryFn: () => items<Provider>("/api/admin/providers"),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** usePulses reads how all networks are doing. */
export function usePulses() {
  return useQuery({
    queryKey: keys.admin("entry-point-health"),
    queryFn: () => items<Pulse>("/api/admin/entry-point-health"),
    refetchInterval: 10_000,
  });
}

/** useCare follows how an entry point's network is doing while somebody sets it up. */
export function useCare(id: string) {
  return useQuery({
    queryKey: keys.admin("entry-points", id, "health"),
    queryFn: () => api.get<Care>(`/api/admin/entry-points/${id}/health`),
    refetchInterval: watch,
    enabled: id !== "",
  });
}

/** useOdd reads what could not be read. */
export function useOdd(id: string) {
  return useQuery({
    queryKey: keys.admin("entry-points", id, "odd"),
    queryFn: () => items<OddEvent>(`/api/admin/entry-points/${id}/odd-events`),
  });
}

export type Act = "check" | "webhook" | "test";

/** useAct asks an entry point's network something, one question at a time, and keeps what it said, or what was wrong with the question. */
export function useAct(id: string) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [busy, setBusy] = useState<Act | null>(null);
  const [said, setSaid] = useState<{ act: Act; answer: Answer } | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const fault = useFault(error);
  const act = async (what: Act, body?: unknown) => {
    setBusy(what);
    setSaid(null);
    setError(null);
    try {
      const answer = await api.post<Answer>(`/api/admin/entry-points/${id}/${what}`, body);
      setSaid({ act: what, answer });
      await client.invalidateQueries({ queryKey: keys.admin() });
    } catch (cause) {
      setError(cause as ApiError);
      if ((cause as ApiError).fields.length === 0) toast(problemText(t, cause), "bad");
    } finally {
      setBusy(null);
    }
  };
  return { act, busy, said, fault };
}

/** usePause stops what an entry point sends, or lets it go on. */
export function usePause(id: string) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const pause = async (paused: boolean) => {
    setBusy(true);
    try {
      await api.put(`/api/admin/entry-points/${id}/pause`, { paused });
      await client.invalidateQueries({ queryKey: keys.admin() });
    } catch (error) {
      toast(problemText(t, error), "bad");
    } finally {
      setBusy(false);
    }
  };
  return { pause, busy };
}
