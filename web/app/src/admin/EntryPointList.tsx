import type { Channel } from "@parley/protocol";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { dateTime } from "../i18n/format";
import { ChannelIcon } from "../parts/ChannelIcon";
import type { Column } from "../ui/DataTable";
import { Tag } from "../ui/Tag";
import own from "./channels/Channels.module.css";
import { StateTag } from "./channels/StateTag";
import { usePulses } from "./channels/useNetworks";
import { useWords } from "./channels/words";
import { ObjectList } from "./ObjectList";
import type { EntryPoint } from "./types";
import { useNames } from "./useConfig";

/** EntryPointList lists where people write: how each is doing and the queue it feeds. Source: QUE-04, SOC-01. */
export function EntryPointList() {
  const { t } = useTranslation();
  const words = useWords();
  const queues = new Map(useNames("queues"));
  const pulses = new Map((usePulses().data ?? []).map((pulse) => [pulse.id, pulse]));
  const columns: Column<EntryPoint>[] = [
    {
      key: "name",
      head: t("admin.entry.name"),
      cell: (e) => (
        <span className={own.name}>
          <ChannelIcon channel={e.channel as Channel} />
          {e.name}
          {!e.enabled && <Tag>{t("admin.off")}</Tag>}
        </span>
      ),
    },
    {
      key: "state",
      head: t("admin.network.stateHead"),
      cell: (e) => {
        const pulse = pulses.get(e.id);
        if (!pulse) return "";
        return (
          <>
            {e.enabled && <StateTag enabled={e.enabled} pulse={pulse} />}{" "}
            {pulse.error_code && words.fault(pulse.error_code)}
          </>
        );
      },
    },
    { key: "queue", head: t("admin.entry.queue_id"), cell: (e) => queues.get(e.queue_id) ?? "" },
    {
      key: "address",
      head: t("admin.network.address"),
      extra: true,
      cell: (e) => e.address || (e.allowed_origins ?? []).join(", ") || t("admin.entry.ownPages"),
    },
    {
      key: "last",
      head: t("admin.network.last"),
      extra: true,
      cell: (e) => {
        const pulse = pulses.get(e.id);
        return pulse ? dateTime(Math.max(pulse.received_at, pulse.sent_at)) : "";
      },
    },
    {
      key: "try",
      head: t("admin.entry.preview"),
      end: true,
      actions: true,
      cell: (e) =>
        pulses.has(e.id) ? (
          <Link
            href={`/admin/entry-points/${e.id}/connection`}
            aria-label={t("admin.network.openOf", { name: e.name })}
          >
            {t("admin.network.tab.connection")}
          </Link>
        ) : (
          <Link
            href={`/admin/entry-points/${e.id}/embed`}
            aria-label={t("admin.entry.embedOf", { name: e.name })}
          >
            {t("admin.entry.embed")}
          </Link>
        ),
    },
  ];
  return (
    <ObjectList
      noun="entry-points"
      title={t("admin.section.entry-points")}
      about={t("admin.entry.about")}
      make={t("admin.entry.new")}
      icon="globe"
      none={t("admin.entry.none")}
      columns={columns}
      text={(e) => `${e.name} ${e.address}`}
    />
  );
}
