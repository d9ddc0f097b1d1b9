import type { Agent, Interaction } from "@parley/protocol";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { ApiError, api } from "../api/client";
import { problemText } from "../parts/problem";
import { toast } from "../ui/toast";
import type { settable } from "./AgentMenu";

/** useActs is what a supervisor does to agents and interactions, and says how it went. */
export function useActs() {
  const { t } = useTranslation();
  const [, go] = useLocation();

  async function run(work: () => Promise<void>, said: string): Promise<boolean> {
    try {
      await work();
      toast(said);
      return true;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      toast(problemText(t, error), "bad");
      return false;
    }
  }

  return {
    go: (to: string) => go(to),
    /** Source: PRE-16. */
    setStatus: (agent: Agent, status: (typeof settable)[number]) => {
      const busy = agent.active + agent.wrapping + agent.offered > 0;
      const words = { name: agent.display_name, status: t(`status.${status}`) };
      return run(
        () => api.put(`/api/agents/${agent.id}/presence`, { status }),
        busy ? t("supervisor.agent.nextSet", words) : t("supervisor.agent.statusSet", words),
      );
    },
    /** Source: PRE-16: what the agent holds goes back to its queue. */
    logOut: (agent: Agent) =>
      run(
        () => api.delete(`/api/agents/${agent.id}/session`, { confirm: true }),
        t("supervisor.agent.loggedOut", { name: agent.display_name }),
      ),
    /** Source: I28. */
    close: (interaction: Interaction) =>
      run(
        () => api.put(`/api/interactions/${interaction.id}/close`),
        t("supervisor.interaction.closed", { n: interaction.number }),
      ),
  };
}
