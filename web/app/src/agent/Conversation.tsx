import type { Interaction, Me, Message } from "@parley/protocol";
import { type RefObject, Suspense, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { floor, outbox, useFloor, useLive } from "../live/floor";
import { type Beside, useOutbox } from "../live/outbox";
import { framed } from "../panel/surface";
import { useActions } from "../parts/actions";
import { useNow } from "../parts/useNow";
import { settle, toast } from "../ui/toast";
import { Aside } from "./Aside";
import css from "./Conversation.module.css";
import { ConversationHeader } from "./ConversationHeader";
import { Composer, type Mode } from "./composer/Composer";
import { windowOf } from "./composer/compose";
import { isLocked } from "./composer/WindowNotice";
import { openCrmLog } from "./crm/crmTab";
import { byNetwork } from "./desk";
import { setDraft, useDraft } from "./drafts";
import { EndDialog } from "./EndDialog";
import { Finished } from "./Finished";
import { BlockDialog, ParkDialog, TransferDialog, WrapUpPanel } from "./later";
import { linesOf } from "./lines";
import { MessageList } from "./MessageList";
import { look, unlook } from "./seen";
import { type TalkActs, TalkActsProvider } from "./TalkActs";
import type { Acts } from "./useActs";
import { useOlder } from "./useOlder";
import type { Insert } from "./useSayings";
import { useTyping } from "./useTyping";
import { openWindow, ownWindow } from "./windows";

interface ConversationProps {
  interaction: Interaction;
  me: Me;
  acts: Acts;
  field: RefObject<HTMLTextAreaElement | null>;
  /** It has left this person's list; what is shown is how it stood. */
  gone: boolean;
  onSaveToCrm: () => void;
  limit: number;
  onInsert: Insert;
  onContext: () => void;
  onCrm: () => void;
}

const nothing: never[] = [];

/** targetOf names the draft of which message is answered: it stays in this browser. */
const targetOf = (id: string) => `${id}#answers`;

/** Conversation is one interaction at work: what was said, what one says next, and its wrap-up. */
export function Conversation(p: ConversationProps) {
  const { t } = useTranslation();
  const { interaction: i, me, acts, field } = p;
  const [, navigate] = useLocation();
  const now = useNow(floor.now);
  const [mode, setMode] = useState<Mode>("reply");
  const [dialog, setDialog] = useState<"" | "transfer" | "end" | "park" | "block">("");
  const talk = useTalk(i);
  const draft = useDraft(i.id, i.draft);
  const target = useDraft(targetOf(i.id), "");
  const note = useDraft(`${i.id}#note`, "");
  const offline = useFloor((w) => w.link.state === "retrying");
  const typing = useTyping(i.id, (on) => void acts.typing(i.id, on));
  const live = i.state === "active" && !p.gone;
  const own = ownWindow() !== "";
  const leave = () => (own ? window.close() : navigate("/agent"));
  const mayPark = live && byNetwork(i) && i.transfer.pending_to === null;
  const mayBlock = live && byNetwork(i) && me.may.block;
  const wrapping = (i.state === "wrapup" || i.unviewed) && !p.gone;
  const parked = i.state === "parked" && !p.gone;
  const coming = i.state === "queued" || i.state === "offered";
  useViewed(i, acts, p.gone);
  const mine = !p.gone && (live || i.state === "wrapup");
  const mayQuote = i.composer !== null && !i.composer.plain_text;
  const emojis = i.composer?.reactions ?? nothing;
  const mayAsk = i.composer?.check ?? false;
  const locked = isLocked(i.composer, windowOf(i, now));
  const talkActs = useMemo<TalkActs | null>(() => {
    if (!mine) return null;
    return {
      interaction: i.id,
      reply: live && mayQuote ? (m) => answer.current(m) : null,
      reactions: live ? emojis : nothing,
      react: (m, emoji) => acts.react(m.id, emoji),
      resend: (m, anyway) => acts.resend(m.id, anyway),
      locked,
      check: mayAsk ? async (m) => void (await acts.check(m.id)) : null,
    };
  }, [i.id, mine, live, mayQuote, emojis, mayAsk, locked, acts]);

  function send(text: string, beside: Beside = {}) {
    settle(i.id); // words that are out cannot be undone
    outbox.send({ interaction: i.id, conversation: mode === "note" ? "" : i.conversation_id, text, beside });
    if (mode === "note") setDraft(`${i.id}#note`, "");
    else {
      if (!beside.template) setDraft(i.id, "");
      setDraft(targetOf(i.id), "");
      typing("");
    }
  }
  function addNote() {
    outbox.send({ interaction: i.id, conversation: "", text: note });
    setDraft(`${i.id}#note`, "");
  }
  function toWindow() {
    if (own) window.close();
    else if (!openWindow(i.id)) toast(t("talk.window.refused"), "bad");
  }
  async function end(mail: boolean) {
    setDialog("");
    if ((await acts.end(i.id)) && mail) await acts.mailTranscript(i.id);
  }
  const unsent = draft.trim() !== "";
  const endNow = () => (me.confirm_end || unsent ? setDialog("end") : void end(false));
  function finish() {
    openCrmLog(i);
    void acts.finish(i.id);
  }
  function write(how: Mode) {
    setMode(how);
    requestAnimationFrame(() => field.current?.focus());
  }
  const answer = useRef<(m: Message) => void>(() => undefined);
  answer.current = (m) => {
    setDraft(targetOf(i.id), m.id);
    write("reply");
  };
  useActions([
    live && { id: "reply", label: t("help.keys.reply"), run: () => write("reply") },
    live && { id: "note", label: t("help.keys.note"), run: () => write("note") },
    live && { id: "transfer", label: t("help.keys.transfer"), run: () => setDialog("transfer") },
    live && { id: "end", label: t("help.keys.end"), run: () => setDialog("end") },
    mayPark && { id: "park", label: t("talk.park.action"), run: () => setDialog("park") },
    !p.gone && {
      id: "window",
      label: t(own ? "talk.window.back" : "talk.window.action"),
      run: toWindow,
    },
  ]);

  return (
    <main
      className={css.main}
      data-region="conversation"
      tabIndex={-1}
      aria-label={t("agent.conversation.title", { name: i.customer.name })}
    >
      <ConversationHeader
        interaction={i}
        now={now}
        console={me.labels_preset === "console"}
        onTransfer={() => setDialog("transfer")}
        onEnd={endNow}
        onEndAsk={() => setDialog("end")}
        onSaveToCrm={p.onSaveToCrm}
        onContext={p.onContext}
        onCrm={p.onCrm}
        onPark={mayPark ? () => setDialog("park") : null}
        onBlock={mayBlock ? () => setDialog("block") : null}
        onWindow={framed ? null : toWindow}
        own={own}
        onUnread={() => {
          unlook(i.conversation_id, talk.messages);
          leave();
        }}
      />
      <TalkActsProvider value={talkActs}>
        <MessageList
          key={i.id}
          interaction={i}
          lines={talk.lines}
          typing={live && talk.typing > Date.now()}
          mayHaveOlder={talk.more}
          onOlder={() => void talk.load()}
          onRetry={(s) => outbox.retry(s.client_id)}
          onDrop={(s) => outbox.drop(s.client_id)}
          myId={me.id}
        />
      </TalkActsProvider>
      {live && (
        <Composer
          interaction={i}
          now={now}
          mode={mode}
          onMode={write}
          text={mode === "note" ? note : draft}
          onText={(text) => {
            setDraft(mode === "note" ? `${i.id}#note` : i.id, text);
            if (mode === "reply") typing(text);
          }}
          limit={p.limit}
          offline={offline}
          onSend={send}
          field={field}
          me={me}
          onInsert={p.onInsert}
          target={talk.messages.find((m) => m.id === target)}
          onDropTarget={() => setDraft(targetOf(i.id), "")}
        />
      )}
      {wrapping && (
        <Suspense>
          <WrapUpPanel
            key={`wrap-${i.id}`}
            interaction={i}
            me={me}
            now={now}
            note={note}
            onNote={(text) => setDraft(`${i.id}#note`, text)}
            onAddNote={addNote}
            onChoose={(ids) => void acts.choose(i.id, ids)}
            onFinish={finish}
            onExtend={() => void acts.extend(i.id)}
            onSaveToCrm={p.onSaveToCrm}
            onDismiss={() => void acts.dismiss(i.id)}
          />
        </Suspense>
      )}
      {parked && <Aside interaction={i} onTake={() => acts.unpark(i.id)} />}
      {!live && !wrapping && !parked && <Finished coming={coming} onBack={leave} />}
      {dialog === "park" && (
        <Suspense>
          <ParkDialog interaction={i} now={now} onClose={() => setDialog("")} />
        </Suspense>
      )}
      {dialog === "block" && (
        <Suspense>
          <BlockDialog
            interaction={i}
            now={now}
            onBlock={(ban) => acts.block(i.id, i.customer.name, ban)}
            onClose={() => setDialog("")}
          />
        </Suspense>
      )}
      {dialog === "transfer" && (
        <Suspense>
          <TransferDialog interaction={i} onClose={() => setDialog("")} onDone={() => setDialog("")} />
        </Suspense>
      )}
      {dialog === "end" && (
        <EndDialog
          name={i.customer.name}
          customer={i.customer.id}
          console={me.labels_preset === "console"}
          unsent={unsent}
          onEnd={(mail) => void end(mail)}
          onClose={() => setDialog("")}
        />
      )}
    </main>
  );
}

/** useLast keeps what was there when the mirror lets go of it: the row has left, its words stay on the page. */
function useLast<Value>(now: Value | undefined): Value | undefined {
  const last = useRef(now);
  if (now !== undefined) last.current = now;
  return last.current;
}

/** useTalk is everything in the conversation's column, and who types. */
function useTalk(i: Interaction) {
  const known = useLast(useLive((l) => l.messages[i.conversation_id])) ?? nothing;
  const notes = useLast(useLive((l) => l.notes[i.id])) ?? nothing;
  const gap = useFloor((w) => w.gap);
  const offset = useFloor((w) => w.offset);
  const typing = useFloor((w) => w.typing[i.conversation_id]);
  const sending = useOutbox(outbox);
  const { older, more, load } = useOlder(i.conversation_id, known);
  const messages = useMemo(() => [...older, ...known], [older, known]);
  const lines = useMemo(() => {
    const mine = sending.filter((s) => s.interaction === i.id);
    return linesOf({ messages, notes, sending: mine, gap, offset });
  }, [messages, notes, sending, gap, offset, i.id]);
  return { messages, lines, more, load, typing: typing?.by === "customer" ? typing.until_ms : 0 };
}

/** useViewed tells the server that the row was opened, and this tab how far one has read. */
function useViewed(i: Interaction, acts: Acts, gone: boolean) {
  const unseen = i.await_ack || i.unviewed;
  useEffect(() => {
    if (unseen && !gone && document.visibilityState === "visible") void acts.view(i.id);
  }, [unseen, gone, i.id, acts]);
  useEffect(() => {
    if (document.visibilityState === "visible") look(i.conversation_id, i.last_seq);
  }, [i.conversation_id, i.last_seq]);
}
