import { useState } from "preact/hooks";
import { file, type Media, type Message, type Said } from "./api";
import css from "./Bubble.module.css";
import type { Desk } from "./desk";
import { Icon, icons } from "./Icon";
import type { Aim } from "./Phone";
import { type Phone, pressed } from "./phones";
import { clock, type Key } from "./words";

const emoji = ["\u{1F44D}", "\u2764\uFE0F", "\u{1F602}", "\u{1F64F}"];

interface Props {
  desk: Desk;
  phone: Phone;
  message: Message;
  /** What it is an answer to, if the phone knows. */
  answers: Message | undefined;
  last: boolean;
  say: (said: Omit<Said, "account" | "from" | "name">) => Promise<boolean>;
  aim: (aim: Aim) => void;
}

/** Bubble is one message, and what its reader can do with it. */
export function Bubble({ desk, phone, message, answers, last, say, aim }: Props) {
  const t = desk.words(phone.language);
  const mine = message.from === "customer";
  const from = mine ? phone.name : t("phone.center");
  if (message.state === "failed") return <p class={css.lost}>{t("bubble.lost")}</p>;
  const reactions = Object.values(message.reactions ?? {});
  return (
    <article
      class={mine ? css.mine : css.theirs}
      data-from={message.from}
      aria-label={t("bubble.of", { name: from, at: clock(message.at, phone.language) })}
    >
      <div class={css.bubble}>
        {message.kind === "template" && <small class={css.tag}>{t("bubble.template")}</small>}
        {answers && (
          <blockquote class={css.quote} dir="auto">
            {answers.text || kind(answers.kind)}
          </blockquote>
        )}
        <Content
          message={message}
          account={phone.account}
          kind={kind}
          played={() => {
            if (!mine && desk.can(desk.network(phone.account), "played"))
              void say({ kind: "played", message_id: message.id });
          }}
        />
        {message.deleted ? (
          <p class={css.gone}>{t("bubble.deleted")}</p>
        ) : (
          message.text && (
            <p class={css.text} dir="auto" data-text>
              {message.text}
            </p>
          )
        )}
        <footer class={css.foot}>
          {message.edited && <span>{t("bubble.edited")}</span>}
          <time dateTime={new Date(message.at).toISOString()}>{clock(message.at, phone.language)}</time>
          {mine && (
            <Ticks state={message.state} word={t(message.state === "read" ? "bubble.read" : "bubble.sent")} />
          )}
        </footer>
        {reactions.length > 0 && <span class={css.reactions}>{reactions.join(" ")}</span>}
      </div>
      {!message.deleted && (
        <Actions desk={desk} phone={phone} message={message} mine={mine} say={say} aim={aim} />
      )}
      {!mine && last && message.buttons && (
        <div class={css.buttons}>
          {message.buttons.map((button) => (
            <button
              key={button.payload}
              type="button"
              onClick={() => say(pressed(desk.network(phone.account), message, button))}
            >
              {button.title}
            </button>
          ))}
        </div>
      )}
    </article>
  );

  function kind(of: string): string {
    return t(`kind.${of}` as Key);
  }
}

/** Kept is what any thing in a bubble needs to know of it. */
interface Kept {
  account: string;
  kind: (of: string) => string;
  /** Tells the network that the customer listened to it. */
  played: () => void;
}

function Content({
  message,
  account,
  kind,
  played,
}: Kept & {
  message: Message;
}) {
  const { media, location, contacts } = message;
  return (
    <>
      {media && <File media={media} of={message.kind} account={account} kind={kind} played={played} />}
      {location && (
        <p class={css.file}>
          {location.name || kind("location")} ({location.latitude}, {location.longitude})
        </p>
      )}
      {contacts?.map((card) => (
        <p key={card.name} class={css.file}>{`${card.name} ${card.phone ?? ""}`}</p>
      ))}
      {!media && !location && !contacts && !message.text && !message.deleted && (
        <p class={css.file}>{kind(message.kind)}</p>
      )}
    </>
  );
}

/** File is seen or listened to where a browser can; else it has a name. */
function File({ media, of, account, kind, played }: Kept & { media: Media; of: string }) {
  const mime = media.mime ?? "";
  if (/^image\/(png|jpeg|gif|webp)/.test(mime))
    return <img class={css.picture} src={file(account, media)} alt={media.caption || kind("image")} />;
  if (mime.startsWith("audio/"))
    return (
      // biome-ignore lint/a11y/useMediaCaption: nobody wrote down what a voice message says
      <audio
        class={css.sound}
        controls
        preload="metadata"
        src={file(account, media)}
        aria-label={kind(of)}
        onPlay={played}
      />
    );
  return <p class={css.file}>{`${kind(of)}${media.filename ? `: ${media.filename}` : ""}`}</p>;
}

function Ticks({ state, word }: { state: string; word: string }) {
  return (
    <span class={css.ticks} data-state={state}>
      <Icon path={state === "read" ? icons.ticks : icons.tick} size={15} />
      <span data-hidden>{word}</span>
    </span>
  );
}

function Actions({
  desk,
  phone,
  message,
  mine,
  say,
  aim,
}: Omit<Props, "answers" | "last"> & { mine: boolean }) {
  const t = desk.words(phone.language);
  const network = desk.network(phone.account);
  const [open, setOpen] = useState(false);
  const can = (kind: string) => desk.can(network, kind);
  const reply = can("reaction") || can("quick_reply");
  const own = mine && (message.kind === "text" || message.kind === "image");
  if (!reply && !(own && (can("edit") || can("revoke")))) return null;
  const act = (does: () => void) => () => {
    setOpen(false);
    does();
  };
  return (
    <div class={css.actions} data-open={open || undefined}>
      <button type="button" class={css.more} aria-expanded={open} onClick={() => setOpen(!open)}>
        <Icon path={icons.more} size={18} />
        <span data-hidden>{t("bubble.actions")}</span>
      </button>
      {open && (
        <div class={css.menu}>
          {can("reaction") &&
            emoji.map((each) => (
              <button
                key={each}
                type="button"
                aria-pressed={message.reactions?.customer === each}
                onClick={act(() => {
                  const off = message.reactions?.customer === each;
                  say({ kind: "reaction", message_id: message.id, emoji: off ? "" : each });
                })}
              >
                {each}
              </button>
            ))}
          {reply && (
            <button type="button" onClick={act(() => aim({ kind: "reply", message }))}>
              {t("bubble.reply")}
            </button>
          )}
          {own && message.kind === "text" && can("edit") && (
            <button type="button" onClick={act(() => aim({ kind: "edit", message }))}>
              {t("bubble.edit")}
            </button>
          )}
          {own && can("revoke") && (
            <button type="button" onClick={act(() => say({ kind: "revoke", message_id: message.id }))}>
              {t("bubble.revoke")}
            </button>
          )}
        </div>
      )}
    </div>
  );
}
