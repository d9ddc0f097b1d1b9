import type { Channel } from "@parley/protocol";
import type { T } from "../i18n";

/** The channels that lists can be narrowed to. */
const channels: readonly Channel[] = [
  "webchat",
  "support_center",
  "sms",
  "whatsapp",
  "facebook",
  "instagram",
  "x",
  "telegram",
  "open",
];

/** channelFilter narrows a list to one channel. */
export function channelFilter(t: T) {
  return {
    name: "channel",
    label: t("records.interaction.channel"),
    options: channels.map((c) => [c, t(`channel.${c}`)] as const),
  };
}
