import { Select } from "@mantine/core";
import type { Channel, Happening, TimelinePage } from "@parley/protocol";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { api } from "../../api/client";
import { keys } from "../../api/query";
import type { T } from "../../i18n";
import { dateTime } from "../../i18n/format";
import { Button } from "../../ui/Button";
import { EmptyState } from "../../ui/EmptyState";
import { Icon, type IconName } from "../../ui/Icon";
import { Tag } from "../../ui/Tag";
import { ChannelIcon } from "../ChannelIcon";
import { Failed } from "../Failed";
import styles from "./Timeline.module.css";

interface TimelineProps {
  customer: string;
  /** Where the center shows one channel at a time: the one to begin with. */
  prefer?: Channel;
  /** An interaction that is on the screen already. */
  without?: string;
}

/** Timeline is all that happened with a customer, whatever the channel, the newest first. Source: CRM-14. */
export function Timeline({ customer, prefer, without }: TimelineProps) {
  const { t } = useTranslation();
  const [chosen, choose] = useState("");
  const query = useInfiniteQuery({
    queryKey: keys.customers(customer, "timeline", chosen, prefer),
    queryFn: ({ pageParam, signal }) =>
      api.get<TimelinePage>(
        `/api/customers/${customer}/timeline`,
        { channel: chosen, prefer, after: pageParam, limit: 50 },
        signal,
      ),
    initialPageParam: "",
    getNextPageParam: (last) => last.next || undefined,
    placeholderData: keepPreviousData,
  });
  const first = query.data?.pages[0];
  const items = (query.data?.pages.flatMap((page) => page.items) ?? []).filter((h) => h.id !== without);
  if (query.error && !first) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  if (!first) return <p className={styles.wait} role="status" aria-label={t("session.loading")} />;
  const names = first.channels.map((c) => ({ value: c as string, label: t(`channel.${c}`) }));
  const all = first.per_channel ? [] : [{ value: "", label: t("records.timeline.all") }];
  return (
    <div className={styles.timeline}>
      {names.length > 1 && (
        <Select
          aria-label={t("records.interaction.channel")}
          className={styles.channels}
          data={[...all, ...names]}
          value={first.channel}
          allowDeselect={false}
          onChange={(c) => choose(c ?? "")}
        />
      )}
      {items.length === 0 && <EmptyState icon="history" title={t("records.timeline.none")} />}
      <ol className={styles.list}>
        {items.map((h) => (
          <Moment key={h.id} of={h} />
        ))}
      </ol>
      {query.hasNextPage && (
        <Button onClick={() => void query.fetchNextPage()} busy={query.isFetchingNextPage}>
          {t("action.more")}
        </Button>
      )}
    </div>
  );
}

interface Shown {
  icon: IconName;
  kind: string;
  title: string;
  href: string;
  words: (string | undefined)[];
  tag: ReactNode;
}

/** shownAs says how one thing stands on the timeline. */
function shownAs(t: T, h: Happening): Shown | null {
  if (h.interaction) {
    const i = h.interaction;
    return {
      icon: "bubble",
      kind: t("records.timeline.interaction"),
      title: t(`channel.${i.channel}`),
      href: `/agent/interactions/${i.id}`,
      words: [i.queue?.name ?? "", i.agent?.display_name],
      tag: <Tag tone={i.state === "logged" ? "ok" : "plain"}>{t(`state.${i.state}`)}</Tag>,
    };
  }
  if (h.case) {
    const c = h.case;
    return {
      icon: "folder",
      kind: t("records.timeline.case"),
      title: c.subject || t("records.case.untitled"),
      href: `/agent/cases/${c.id}`,
      words: [t("records.number", { n: c.number }), (c.assignee ?? c.agent)?.display_name],
      tag: (
        <Tag tone={c.draft ? "warn" : c.status === "open" ? "info" : "plain"}>
          {t(c.draft ? "case.draft" : `case.${c.status}`)}
        </Tag>
      ),
    };
  }
  if (h.follow_up) {
    const f = h.follow_up;
    return {
      icon: f.kind === "email" ? "send" : "note",
      kind: t(`cases.followUps.${f.kind}`),
      title: f.kind === "contact" ? t("cases.followUps.contactText") : f.text,
      href: h.about ? `/agent/cases/${h.about.id}` : "",
      words: [h.about ? t("records.case.title", { n: h.about.number }) : "", f.agent?.display_name],
      tag: f.letter && (
        <Tag tone={f.letter.state === "failed" ? "warn" : "plain"}>
          {t(`cases.followUps.state.${f.letter.state}`)}
        </Tag>
      ),
    };
  }
  if (h.task) {
    const k = h.task;
    return {
      icon: "check",
      kind: t(`cases.task.kinds.${k.kind}`),
      title: k.subject,
      href: `/agent/tasks/${k.id}`,
      words: [t("records.timeline.task"), k.owner?.display_name],
      tag: k.done_at ? (
        <Tag tone="ok">{t("cases.task.done")}</Tag>
      ) : k.overdue ? (
        <Tag tone="warn">{t("cases.task.overdue")}</Tag>
      ) : (
        <Tag tone="info">{t("cases.task.due")}</Tag>
      ),
    };
  }
  return null;
}

/** Moment is one thing on the timeline: what, when, by whom, and the way to it. */
export function Moment({ of: h }: { of: Happening }) {
  const { t } = useTranslation();
  const shown = shownAs(t, h);
  if (!shown) return null;
  const words = shown.words.filter(Boolean).join(" \u00b7 ");
  return (
    <li className={styles.moment}>
      {h.interaction ? <ChannelIcon channel={h.interaction.channel} /> : <Icon name={shown.icon} size={16} />}
      <div className={styles.what}>
        <Link href={shown.href} className={styles.title} dir="auto">
          {shown.title}
        </Link>
        <p className={styles.words}>
          <span>{shown.kind}</span>
          {words && <span>{words}</span>}
          {h.interaction?.case_id && (
            <Link href={`/agent/cases/${h.interaction.case_id}`}>{t("records.timeline.log")}</Link>
          )}
        </p>
      </div>
      <div className={styles.end}>
        <time dateTime={new Date(h.at).toISOString()}>{dateTime(h.at)}</time>
        {shown.tag}
      </div>
    </li>
  );
}
