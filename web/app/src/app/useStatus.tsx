import type { BaseStatus } from "@parley/protocol";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client";
import { useLive, useMe } from "../live/floor";
import { problemText } from "../parts/problem";
import { type Applies, codesFor, type StatusActs } from "../parts/status";
import { toast } from "../ui/toast";

/** useStatus makes the acts of the status menu, and the reason it still asks for. */
export function useStatus(onLeft: () => void) {
  const { t } = useTranslation();
  const me = useMe();
  const self = useLive((l) => l.agents[l.me.id]);
  const [asking, setAsking] = useState<Applies | null>(null);
  const [busy, setBusy] = useState(false);
  const open = self ? self.offered + self.active + self.wrapping : 0;

  async function act(what: () => Promise<unknown>) {
    setBusy(true);
    setAsking(null);
    try {
      await what();
    } catch (error) {
      toast(problemText(t, error), "bad");
    } finally {
      setBusy(false);
    }
  }

  function choose(status: Exclude<BaseStatus, "logged_out">, code?: string) {
    if (!code && status !== "available" && codesFor(me.status_codes, status).length > 0)
      return setAsking(status);
    void act(() => api.put("/api/agents/me/presence", code ? { status, code } : { status }));
  }

  function signOut(code?: string) {
    if (open > 0) return toast(t("status.logoutBlocked", { count: open }), "bad");
    if (!code && codesFor(me.status_codes, "logged_out").length > 0) return setAsking("logged_out");
    void act(async () => {
      await api.delete("/api/session", code ? { code } : undefined);
      onLeft();
    });
  }

  const acts: StatusActs = {
    choose,
    stopNew: () => void act(() => api.put("/api/agents/me/stop-new")),
    resume: () => void act(() => api.delete("/api/agents/me/stop-new")),
    signOut: () => signOut(),
    busy,
  };
  const answer = (code: string) => {
    if (asking === "logged_out") signOut(code);
    else if (asking && asking !== "reject") choose(asking, code);
  };
  return { acts, asking, answer, dismiss: () => setAsking(null) };
}
