import type { Channel } from "@parley/protocol";
import { useTranslation } from "react-i18next";
import { Icon } from "../ui/Icon";
import css from "./ChannelIcon.module.css";

/** ChannelIcon draws a channel by its own shape, with its name. */
export function ChannelIcon({ channel }: { channel: Channel }) {
  const { t } = useTranslation();
  const name = t(`channel.${channel}`);
  return (
    <span className={css.icon} role="img" aria-label={name} title={name}>
      <Icon name={channel === "support_center" ? "help" : "bubble"} size={16} />
    </span>
  );
}
