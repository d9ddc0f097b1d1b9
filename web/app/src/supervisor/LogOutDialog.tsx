import type { Agent } from "@parley/protocol";
import { useTranslation } from "react-i18next";
import { Confirm } from "../parts/Confirm";

interface LogOutDialogProps {
  agent: Agent | null;
  onConfirm: (agent: Agent) => Promise<boolean>;
  onClose: () => void;
}

/** LogOutDialog says what becomes of an agent's interactions before they are logged out. Source: PRE-16. */
export function LogOutDialog({ agent, onConfirm, onClose }: LogOutDialogProps) {
  const { t } = useTranslation();
  const held = agent ? agent.active + agent.offered : 0;
  return (
    <Confirm
      open={agent !== null}
      title={t("supervisor.logOut.title", { name: agent?.display_name ?? "" })}
      verb={t("supervisor.logOut.verb")}
      danger
      onConfirm={() => (agent ? onConfirm(agent) : true)}
      onClose={onClose}
    >
      {held > 0 && <p>{t("supervisor.logOut.requeue", { count: held })}</p>}
      {agent !== null && agent.wrapping > 0 && (
        <p>{t("supervisor.logOut.wrapping", { count: agent.wrapping })}</p>
      )}
      {held === 0 && <p>{t("supervisor.logOut.free")}</p>}
      <p>{t("supervisor.logOut.told")}</p>
    </Confirm>
  );
}
