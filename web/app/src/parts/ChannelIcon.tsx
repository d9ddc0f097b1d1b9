import type { Channel } from "@parley/protocol";
import { useTranslation } from "react-i18next";
import { Icon, type IconName } from "../ui/Icon";
import css from "./ChannelIcon.module.css";

/** The channels' shapes: they differ without color. What is new here is a bubble. */
const shapes: Partial<Record<Channel, IconName>> = {
  support_center: "help",
  sms: "sms",
  facebook: "messenger",
  instagram: "camera",
  x: "strokes",
  whatsapp: "whatsapp",
  telegram: "send",
  open: "link",
};

/** ChannelIcon draws a channel by its own shape, with its name. */
export function ChannelIcon({ channel }: { channel: Channel }) {
  const { t } = useTranslation();
  const name = t(`channel.${channel}`);
  return (
    <span className={css.icon} role="img" aria-label={name} title={name}>
      <Icon name={shapes[channel] ?? "bubble"} size={16} />
    </span>
  );
}
