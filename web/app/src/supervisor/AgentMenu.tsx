import { Menu } from "@mantine/core";
import type { Agent } from "@parley/protocol";
import { useTranslation } from "react-i18next";
import { Icon } from "../ui/Icon";
import { IconButton } from "../ui/IconButton";

/** The statuses a supervisor may set (PRE-16). */
export const settable = ["available", "on_break", "work_offline"] as const;

export type AgentAct = (typeof settable)[number] | "log_out";

/** AgentMenu is what a supervisor may do to an agent. Source: PRE-16. */
export function AgentMenu({ agent, onAct }: { agent: Agent; onAct: (act: AgentAct) => void }) {
  const { t } = useTranslation();
  const out = agent.base === "logged_out";
  const busy = agent.active + agent.wrapping + agent.offered > 0;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <IconButton
          label={t("supervisor.agent.menuOf", { name: agent.display_name })}
          why={out ? t("supervisor.agent.isOut", { name: agent.display_name }) : ""}
        >
          <Icon name="dots" />
        </IconButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{busy ? t("supervisor.agent.setNext") : t("supervisor.agent.set")}</Menu.Label>
        {settable.map((status) => {
          const now = !busy && agent.base === status && agent.sub === "none";
          return (
            <Menu.Item
              key={status}
              disabled={now}
              rightSection={now && t("supervisor.agent.already")}
              onClick={() => onAct(status)}
            >
              {t(`status.${status}`)}
            </Menu.Item>
          );
        })}
        <Menu.Divider />
        <Menu.Item color="red" leftSection={<Icon name="door" size={16} />} onClick={() => onAct("log_out")}>
          {t("supervisor.agent.logOut")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
