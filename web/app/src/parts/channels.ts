import type { Channel, CustomerKey } from "@parley/protocol";

/** The scripts that serve a channel, for every channel there is: one that is new fails to compile until it stands here. */
const serves = {
  webchat: "chat",
  support_center: "chat",
  sms: "sms",
  whatsapp: "social",
  facebook: "social",
  instagram: "social",
  x: "social",
  telegram: "social",
  open: "chat",
} as const satisfies Record<Channel, "chat" | "sms" | "social">;

/** channels are all channels, in the order in which lists show them. */
export const channels = Object.keys(serves) as Channel[];

/** networks are the channels that know people by an address of their own: pages of ours know nobody. */
export const networks = channels.filter((c) => c !== "webchat" && c !== "support_center");

/** channelsOf are the channels a kind of script serves. */
export function channelsOf(kind: "chat" | "sms" | "social"): Channel[] {
  return channels.filter((c) => serves[c] === kind);
}

const known = {
  phone: true,
  whatsapp_user: true,
  facebook: true,
  instagram: true,
  x: true,
  telegram: true,
  open: true,
} as const satisfies Record<CustomerKey["kind"], true>;

/** keyKinds are what people are known by on networks. */
export const keyKinds = Object.keys(known) as CustomerKey["kind"][];
