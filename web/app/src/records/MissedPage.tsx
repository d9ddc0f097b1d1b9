import { Select, Textarea } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { ApiError, api } from "../api/client";
import { keys } from "../api/query";
import { dateTime } from "../i18n/format";
import { useLive, useMe } from "../live/floor";
import { Consented } from "../parts/Consented";
import { Facts } from "../parts/Facts";
import { Loaded } from "../parts/Loaded";
import { problemText } from "../parts/problem";
import { Button } from "../ui/Button";
import { Card } from "../ui/Card";
import { Icon } from "../ui/Icon";
import { Page } from "../ui/Page";
import { Tag } from "../ui/Tag";
import { toast } from "../ui/toast";
import { MissedTag } from "./MissedTag";
import { nameOf } from "./names";
import styles from "./Record.module.css";
import { type Missed, type MissedReply, missedStates } from "./types";

/** MissedPage is one missed contact: who has it, how far it is, and the answer by e-mail. */
export function MissedPage({ id }: { id: string }) {
  const { t } = useTranslation();
  const query = useQuery({ queryKey: keys.missed(id), queryFn: () => api.get<Missed>(`/api/missed/${id}`) });
  return (
    <Loaded query={query} back={{ href: "/agent/missed", label: t("nav.missed") }}>
      {(missed) => <Contact missed={missed} />}
    </Loaded>
  );
}

/** useSave saves a change; if somebody else was faster it shows theirs and says so. */
function useSave(missed: Missed) {
  const { t } = useTranslation();
  const client = useQueryClient();
  return async (work: () => Promise<unknown>, said: string): Promise<boolean> => {
    try {
      await work();
      toast(said, "good");
      return true;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      toast(error.code === "conflict" ? t("records.missed.conflict") : problemText(t, error), "bad");
      return false;
    } finally {
      await client.invalidateQueries({ queryKey: keys.missed() });
      await client.refetchQueries({ queryKey: keys.missed(missed.id), exact: true });
    }
  };
}

function Contact({ missed }: { missed: Missed }) {
  const { t } = useTranslation();
  const me = useMe();
  const save = useSave(missed);
  const change = (part: { state?: Missed["state"]; owner?: string }) =>
    save(
      () =>
        api.put(`/api/missed/${missed.id}`, {
          state: missed.state,
          owner: missed.owner?.id ?? "",
          rev: missed.rev,
          ...part,
        }),
      t("editor.saved"),
    );
  return (
    <Page
      title={missed.name || missed.email || t("records.missed.unnamed")}
      mark={<MissedTag state={missed.state} />}
      about={t("records.missed.said", {
        kind: t(`records.missed.kinds.${missed.kind}`),
        when: dateTime(missed.created_at),
      })}
      back={{ href: "/agent/missed", label: t("nav.missed") }}
      actions={
        <>
          {missed.owner?.id !== me.id && (
            <Button
              look="main"
              onClick={() => change({ owner: me.id, state: missed.state === "new" ? "taken" : missed.state })}
            >
              {t("records.missed.take")}
            </Button>
          )}
          {missed.state !== "done" && (
            <Button icon={<Icon name="check" size={16} />} onClick={() => change({ state: "done" })}>
              {t("records.missed.finish")}
            </Button>
          )}
        </>
      }
    >
      <div className={styles.columns}>
        <div className={styles.stack}>
          <Card title={t("records.missed.text")}>
            {missed.text ? (
              <p className={styles.words} dir="auto">
                {missed.text}
              </p>
            ) : (
              <p className={styles.foot}>{t("records.missed.noText")}</p>
            )}
          </Card>
          <Replies
            missed={missed}
            onSend={(letter) =>
              save(() => api.post(`/api/missed/${missed.id}/replies`, letter), t("records.missed.sent"))
            }
          />
        </div>
        <Side missed={missed} onChange={change} />
      </div>
    </Page>
  );
}

interface SideProps {
  missed: Missed;
  onChange: (part: { state?: Missed["state"]; owner?: string }) => void;
}

function Side({ missed, onChange }: SideProps) {
  const { t } = useTranslation();
  const me = useMe();
  const agents = Object.values(useLive((l) => l.agents));
  const owners = new Map(agents.map((a) => [a.id, a.display_name]));
  owners.set(me.id, me.display_name);
  if (missed.owner) owners.set(missed.owner.id, missed.owner.display_name);
  return (
    <Card title={t("records.details")}>
      <Select
        label={t("records.missed.state")}
        data={missedStates.map((value) => ({ value, label: t(`records.missed.states.${value}`) }))}
        value={missed.state}
        allowDeselect={false}
        onChange={(state) => state && onChange({ state: state as Missed["state"] })}
      />
      <Select
        label={t("records.missed.owner")}
        placeholder={t("records.missed.nobody")}
        data={[...owners].map(([value, label]) => ({ value, label }))}
        value={missed.owner?.id ?? null}
        clearable
        onChange={(owner) => onChange({ owner: owner ?? "" })}
      />
      <Facts
        rows={[
          [t("records.customer.email"), missed.email],
          [t("records.interaction.queue"), nameOf(missed.queue)],
          [t("records.missed.entry"), nameOf(missed.entry_point)],
          ...(missed.consent_at > 0
            ? [
                [
                  t("records.missed.consent"),
                  <Consented key="consent" at={missed.consent_at} version={missed.consent} />,
                ] as const,
              ]
            : []),
        ]}
      />
      {missed.interaction_id && (
        <Link href={`/agent/interactions/${missed.interaction_id}`}>{t("records.interaction.open")}</Link>
      )}
    </Card>
  );
}

/** Letter is an answer on its way: sent again with the same client_id it is no second e-mail. */
type Letter = { client_id: string; text: string };

function Replies({ missed, onSend }: { missed: Missed; onSend: (letter: Letter) => Promise<boolean> }) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const [busy, setBusy] = useState(false);
  const tried = useRef<Letter | null>(null); // and perhaps arrived, though the answer did not
  const send = async () => {
    setBusy(true);
    const said = text.trim();
    if (tried.current?.text !== said) tried.current = { client_id: crypto.randomUUID(), text: said };
    const went = await onSend(tried.current);
    setBusy(false);
    if (!went) return;
    tried.current = null;
    setText("");
  };
  return (
    <Card title={t("records.missed.reply")}>
      {(missed.replies ?? []).map((reply) => (
        <Sent key={reply.id} reply={reply} />
      ))}
      {missed.email ? (
        <>
          {!missed.mail_set && (
            <p className={styles.hint}>
              <Icon name="triangle" size={16} />
              {t("records.missed.noMail")}
            </p>
          )}
          <Textarea
            label={t("records.missed.replyTo", { email: missed.email })}
            value={text}
            onChange={(e) => setText(e.currentTarget.value)}
            autosize
            minRows={4}
            maxRows={14}
          />
          <div className={styles.row}>
            <Button
              look="main"
              icon={<Icon name="send" size={16} />}
              busy={busy}
              why={text.trim() === "" ? t("why.write") : ""}
              onClick={send}
            >
              {missed.mail_set ? t("records.missed.send") : t("records.missed.keep")}
            </Button>
          </div>
        </>
      ) : (
        <p className={styles.foot}>{t("records.missed.noEmail")}</p>
      )}
    </Card>
  );
}

function Sent({ reply }: { reply: MissedReply }) {
  const { t } = useTranslation();
  const tones = { sent: "ok", queued: "info", failed: "warn" } as const;
  return (
    <article className={styles.reply}>
      <header>
        <b>{nameOf(reply.agent)}</b> <time>{dateTime(reply.at)}</time>
        <Tag tone={tones[reply.state]}>{t(`records.missed.reply_state.${reply.state}`)}</Tag>
      </header>
      <p className={styles.words}>{reply.text}</p>
      {reply.state === "failed" && <p className={styles.foot}>{t("records.missed.failed")}</p>}
    </article>
  );
}
