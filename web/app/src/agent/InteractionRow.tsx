import type { Interaction, Message } from "@parley/protocol";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { T } from "../i18n";
import { clock, dateTime } from "../i18n/format";
import { useMe } from "../live/floor";
import { ChannelIcon } from "../parts/ChannelIcon";
import { previewOf } from "../parts/message/content";
import { systemText } from "../parts/systemText";
import { Icon, type IconName } from "../ui/Icon";
import { type Alert, alertOf } from "./desk";
import css from "./InteractionRow.module.css";

interface InteractionRowProps {
  interaction: Interaction;
  now: number;
  selected: boolean;
  unread: number;
  typing: boolean;
  draft: boolean;
  /** The last message, if this tab has it: it may be a picture, or may not have gone out. */
  newest: Message | undefined;
}

const shapes: Record<Alert["kind"], IconName | ""> = {
  waiting: "",
  parked: "clock",
  new: "",
  reply: "",
  warn: "triangle",
  over: "square",
  left: "door",
  ended: "door",
  wrapup: "clock",
  overdue: "square",
};

/** InteractionRow is one of my interactions: who, how urgent in shape and word, and the last line (WSP-02). */
export function InteractionRow({
  interaction: i,
  now,
  selected,
  unread,
  typing,
  draft,
  newest,
}: InteractionRowProps) {
  const { t } = useTranslation();
  const console = useMe().labels_preset === "console";
  const alert = alertOf(i, now);
  const shape = shapes[alert.kind];
  const troubled = newest?.delivery?.state === "failed" || newest?.delivery?.state === "unconfirmed";
  return (
    <Link
      href={`/agent/i/${i.id}`}
      className={css.row}
      aria-current={selected ? "true" : undefined}
      data-level={alert.level}
      data-kind={alert.kind}
      title={i.customer.name}
    >
      <ChannelIcon channel={i.channel} />
      <span className={css.main}>
        <span className={css.top}>
          <strong className={css.name}>{i.customer.name}</strong>
          {unread > 0 && (
            <span className={css.badge}>
              {unread}
              <span className={css.hidden}>{t("agent.list.unread")}</span>
            </span>
          )}
        </span>
        <span className={css.alert}>
          {shape && <Icon name={shape} size={14} />}
          {alertText(t, alert, console)}
        </span>
        <span className={css.last} dir="auto" data-trouble={troubled || undefined}>
          {troubled && <Icon name="square" size={13} />}
          {troubled
            ? t(`talk.state.${newest!.delivery!.state}`)
            : typing
              ? t("agent.typing.one")
              : draft
                ? t("agent.list.draft")
                : lastLine(t, i, newest)}
        </span>
      </span>
    </Link>
  );
}

function lastLine(t: T, i: Interaction, newest: Message | undefined): string {
  if (newest && newest.seq >= (i.last?.seq ?? 0)) return previewOf(t, newest);
  if (i.last?.sender === "system") return systemText(t, { text: i.last.text, agent: null });
  return i.last?.text ?? "";
}

function alertText(t: T, a: Alert, console: boolean): string {
  switch (a.kind) {
    case "reply":
    case "warn":
      return t("agent.alert.reply", { d: clock(a.for) });
    case "over":
      return t("agent.alert.over", { d: clock(a.by) });
    case "overdue":
      return t("agent.alert.overdue", { d: clock(a.by) });
    case "parked":
      return a.until ? t("talk.park.row", { when: dateTime(a.until) }) : t("talk.park.rowOpen");
    case "wrapup":
      return t(console ? "agent.console.row" : "agent.alert.wrapup", { d: clock(a.left) });
    default:
      return t(`agent.alert.${a.kind}`);
  }
}
