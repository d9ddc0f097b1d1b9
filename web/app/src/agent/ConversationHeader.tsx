import { Menu } from "@mantine/core";
import type { Interaction } from "@parley/protocol";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { clock } from "../i18n/format";
import { useVerified } from "../parts/useVerified";
import { Button } from "../ui/Button";
import { Icon } from "../ui/Icon";
import { IconButton } from "../ui/IconButton";
import css from "./ConversationHeader.module.css";
import { CrmBadge } from "./crm/CrmBadge";
import { CrmWaiting } from "./crm/CrmWaiting";
import { byNetwork, handleOf } from "./desk";

interface ConversationHeaderProps {
  interaction: Interaction;
  now: number;
  console: boolean;
  onTransfer: () => void;
  onEnd: () => void;
  /** Ends it too, but asks first, and whether the transcript goes out. */
  onEndAsk: () => void;
  onSaveToCrm: () => void;
  onUnread: () => void;
  onContext: () => void;
  /** Opens the records of CRMs outside that fit who writes. */
  onCrm: () => void;
  /** Null where it cannot be laid aside. */
  onPark: (() => void) | null;
  /** Null where nobody can be kept away, or not by this person. */
  onBlock: (() => void) | null;
  /** Opens it in its own window, or leaves that. */
  /** null: this surface has no windows of their own. */
  onWindow: (() => void) | null;
  own: boolean;
}

/** ConversationHeader says with whom, where from and for how long, and holds the acts on the whole conversation. */
export function ConversationHeader(p: ConversationHeaderProps) {
  const { t } = useTranslation();
  const { interaction: i } = p;
  const live = i.state === "active";
  const until = live ? p.now : i.ended_at || p.now;
  const pending = i.transfer.pending_to;
  const network = byNetwork(i);
  const stands = standing(i);
  return (
    <div>
      <header className={css.head}>
        {!p.own && (
          <Link href="/agent" className={css.back} aria-label={t("agent.conversation.back")}>
            <Icon name="left" />
          </Link>
        )}
        <CrmBadge interaction={i} onOpen={p.onCrm} />
        <div className={css.who}>
          <h1 className={css.name}>{i.customer.name}</h1>
          <p className={css.facts}>
            <span>{i.queue.name}</span>
            <time>{clock(until - (i.accepted_at || i.created_at))}</time>
            {network && handleOf(i) !== i.customer.name && <span dir="auto">{handleOf(i)}</span>}
            {stands && (
              <span data-away={i.visitor.away || !live || undefined} className={css.presence}>
                {t(stands)}
              </span>
            )}
            <span className={css.number}>{t("agent.conversation.number", { n: i.number })}</span>
          </p>
        </div>
        <div className={css.acts}>
          {live && (
            <>
              <Button
                icon={<Icon name="transfer" size={16} />}
                why={pending ? t("agent.transfer.pending", { name: pending.display_name }) : ""}
                onClick={p.onTransfer}
              >
                {t("agent.transfer.action")}
              </Button>
              <Button look="danger" onClick={p.onEnd}>
                {t(p.console ? "agent.console.end" : "agent.conversation.end")}
              </Button>
              <span className={css.crm}>
                <IconButton label={t(i.case ? "agent.crm.update" : "agent.crm.save")} onClick={p.onSaveToCrm}>
                  <Icon name="folder" />
                </IconButton>
              </span>
            </>
          )}
          <Menu position="bottom-end">
            <Menu.Target>
              <IconButton label={t("agent.conversation.more")}>
                <Icon name="dots" />
              </IconButton>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item leftSection={<Icon name="folder" />} onClick={p.onSaveToCrm}>
                {t(i.case ? "agent.crm.update" : "agent.crm.save")}
              </Menu.Item>
              <Menu.Item leftSection={<Icon name="bubble" />} onClick={p.onUnread}>
                {t("agent.conversation.markUnread")}
              </Menu.Item>
              {live && <EndAndMail customer={i.customer.id} onEnd={p.onEndAsk} />}
              {p.onPark && (
                <Menu.Item leftSection={<Icon name="clock" />} onClick={p.onPark}>
                  {t("talk.park.action")}
                </Menu.Item>
              )}
              {p.onBlock && (
                <Menu.Item leftSection={<Icon name="stop" />} onClick={p.onBlock}>
                  {t("talk.block.action")}
                </Menu.Item>
              )}
            </Menu.Dropdown>
          </Menu>
          <span className={css.window} data-own={p.own || undefined}>
            {p.onWindow && (
              <IconButton label={t(p.own ? "talk.window.back" : "talk.window.action")} onClick={p.onWindow}>
                <Icon name="window" />
              </IconButton>
            )}
          </span>
          <span className={css.context}>
            <IconButton label={t("agent.context.show")} onClick={p.onContext}>
              <Icon name="user" />
            </IconButton>
          </span>
        </div>
      </header>
      {pending && (
        <p className={css.pending}>{t("agent.transfer.pending", { name: pending.display_name })}</p>
      )}
      <CrmWaiting interaction={i} />
    </div>
  );
}

/** EndAndMail ends it for a customer whose address somebody made sure of, and sends the transcript there. */
function EndAndMail({ customer, onEnd }: { customer: string; onEnd: () => void }) {
  const { t } = useTranslation();
  if (useVerified(customer).length === 0) return null;
  return (
    <Menu.Item leftSection={<Icon name="door" />} onClick={onEnd}>
      {t("agent.end.withTranscript")}
    </Menu.Item>
  );
}

/** standing says whether somebody is there, or whether it rests or is over; null where nobody can know. */
function standing(i: Interaction) {
  if (i.state === "parked") return "talk.park.state";
  if (i.state === "queued" || i.state === "offered") return null; // it is on its way to somebody
  if (i.state !== "active") return "agent.conversation.ended";
  if (byNetwork(i)) return null;
  return i.visitor.away ? "agent.conversation.away" : "agent.conversation.online";
}
