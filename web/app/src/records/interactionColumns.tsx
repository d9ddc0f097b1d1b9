import type { InteractionState, Talked } from "@parley/protocol";
import type { T } from "../i18n";
import { clock, dateTime } from "../i18n/format";
import type { Column } from "../ui/DataTable";
import { Tag } from "../ui/Tag";

/** How the states stand out: what is going on, and what was served. */
const tones: Partial<Record<InteractionState, "ok" | "info" | "warn">> = {
  offered: "info",
  active: "info",
  wrapup: "info",
  queued: "warn",
  logged: "ok",
};

/** interactionColumns is how every list of interactions looks. */
export function interactionColumns(t: T): Column<Talked>[] {
  return [
    {
      key: "customer",
      head: t("records.interaction.customer"),
      cell: (i) => i.customer.name || t("records.missed.unnamed"),
    },
    { key: "created", head: t("records.interaction.began"), cell: (i) => dateTime(i.created_at) },
    { key: "queue", head: t("records.interaction.queue"), cell: (i) => i.queue?.name ?? "" },
    { key: "agent", head: t("records.interaction.agent"), cell: (i) => i.agent?.display_name ?? "" },
    {
      key: "state",
      head: t("records.interaction.state"),
      cell: (i) => <Tag tone={tones[i.state] ?? "plain"}>{t(`state.${i.state}`)}</Tag>,
    },
    {
      key: "wait",
      head: t("records.interaction.waited"),
      end: true,
      cell: (i) => (i.entry_at > 0 && i.accepted_at > 0 ? clock(i.accepted_at - i.entry_at) : ""),
    },
    {
      key: "length",
      head: t("records.interaction.lasted"),
      end: true,
      extra: true,
      cell: (i) => (i.accepted_at > 0 && i.ended_at > 0 ? clock(i.ended_at - i.accepted_at) : ""),
    },
    {
      key: "number",
      head: t("records.interaction.number"),
      end: true,
      extra: true,
      cell: (i) => t("records.number", { n: i.number }),
    },
  ];
}
