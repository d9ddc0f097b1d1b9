import type { T } from "../i18n";
import { channels } from "../parts/channels";

/** channelFilter narrows a list to one channel. */
export function channelFilter(t: T) {
  return {
    name: "channel",
    label: t("records.interaction.channel"),
    options: channels.map((c) => [c, t(`channel.${c}`)] as const),
  };
}
