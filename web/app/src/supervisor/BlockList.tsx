import type { Channel, PersonRef } from "@parley/protocol";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "wouter";
import { api } from "../api/client";
import { keys } from "../api/query";
import { dateTime, number } from "../i18n/format";
import { ChannelIcon } from "../parts/ChannelIcon";
import { networks } from "../parts/channels";
import { Filters } from "../parts/Filters";
import { PagedTable } from "../parts/PagedTable";
import { problemText } from "../parts/problem";
import { usePages } from "../parts/usePages";
import { Button } from "../ui/Button";
import type { Column } from "../ui/DataTable";
import { EmptyState } from "../ui/EmptyState";
import { Page } from "../ui/Page";
import { Tag } from "../ui/Tag";
import { settle, toast } from "../ui/toast";

/** Blocked is a sender who is kept away, or was. */
interface Blocked {
  id: string;
  channel: Channel | "";
  address: string;
  /** Of their record, or as they gave it; "" if nobody knows it. */
  name: string;
  reason: string;
  spam: boolean;
  by: PersonRef | null;
  created_at: number;
  /** 0 = for ever. */
  until: number;
  /** When it was taken back or was over, 0 = it stands. */
  ended_at: number;
  /** Messages it kept away. */
  dropped: number;
}

/** BlockList is everybody who is kept away, and lets them in again (SOC-08). */
export function BlockList() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [search] = useSearchParams();
  const standing = search.get("standing") === "true";
  const query = { channel: search.get("channel") ?? "", standing };
  const pages = usePages<Blocked>(keys.blocks(), "/api/blocks", query);
  async function lift(b: Blocked) {
    try {
      await api.delete(`/api/blocks/${b.id}`);
      settle(b.id);
      toast(t("talk.block.undone"), "good");
    } catch (error) {
      toast(problemText(t, error), "bad");
    }
    await client.invalidateQueries({ queryKey: keys.blocks() });
  }
  const columns: Column<Blocked>[] = [
    {
      key: "sender",
      head: t("talk.block.sender"),
      cell: (b) => (
        <>
          {b.channel && <ChannelIcon channel={b.channel} />}{" "}
          {b.name && (
            <b>
              <bdi>{b.name}</bdi>
            </b>
          )}{" "}
          <bdi>{b.address}</bdi>
        </>
      ),
    },
    {
      key: "reason",
      head: t("talk.block.reason"),
      cell: (b) => (
        <>
          {b.reason} {b.spam && <Tag tone="warn">{t("talk.block.spamTag")}</Tag>}
        </>
      ),
    },
    { key: "by", head: t("talk.block.by"), extra: true, cell: (b) => b.by?.display_name ?? "" },
    { key: "at", head: t("talk.block.at"), extra: true, cell: (b) => dateTime(b.created_at) },
    {
      key: "ends",
      head: t("talk.block.ends"),
      cell: (b) => (b.ended_at ? t("talk.block.over") : b.until ? dateTime(b.until) : t("talk.block.never")),
    },
    { key: "kept", head: t("talk.block.kept"), end: true, extra: true, cell: (b) => number(b.dropped) },
    {
      key: "act",
      head: t("talk.block.lift"),
      actions: true,
      cell: (b) =>
        b.ended_at === 0 && (
          <Button
            size="xs"
            aria-label={`${t("talk.block.lift")}: ${b.name || b.address}`}
            onClick={() => void lift(b)}
          >
            {t("talk.block.lift")}
          </Button>
        ),
    },
  ];
  return (
    <Page
      title={t("talk.block.page")}
      about={t("talk.block.pageAbout")}
      back={{ href: "/supervisor", label: t("supervisor.title") }}
    >
      <Filters
        fields={[
          {
            name: "channel",
            label: t("talk.block.channel"),
            options: networks.map((c) => [c, t(`channel.${c}`)]),
          },
          {
            name: "standing",
            label: t("talk.block.standing"),
            options: [["true", t("talk.block.onlyStanding")]],
          },
        ]}
      />
      <PagedTable
        label={t("talk.block.page")}
        columns={columns}
        pages={pages}
        empty={
          query.channel || standing ? (
            <EmptyState icon="search" title={t("talk.block.noMatch")} />
          ) : (
            <EmptyState icon="check" title={t("talk.block.none")} text={t("talk.block.noneText")} />
          )
        }
      />
    </Page>
  );
}
