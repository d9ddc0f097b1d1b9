import type { Message } from "@parley/protocol";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/Icon";
import { useTalkActs } from "../TalkActs";
import css from "./ReactButton.module.css";

/** mine is the emoji of ours that stands under a message, "" for none. */
export const mine = (m: Message) => m.content?.reactions?.find((r) => r.by === "agent")?.emoji ?? "";

/** ReactButton lets an agent put an emoji under a customer's message, where the network shows it (CNV-07). */
export function ReactButton({ message: m }: { message: Message }) {
  const { t } = useTranslation();
  const acts = useTalkActs();
  const [open, setOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const emojis = acts?.reactions ?? [];
  if (!acts || emojis.length === 0 || m.sender !== "customer" || m.content?.revoked_at) return null;
  const now = mine(m);
  const close = () => {
    setOpen(false);
    opener.current?.focus();
  };
  const choose = (emoji: string) => {
    close();
    void acts.react(m, emoji);
  };
  return (
    <>
      <button
        type="button"
        ref={opener}
        className={css.opener}
        aria-label={t("talk.react.action")}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <Icon name="smile" size={14} />
      </button>
      {open && (
        <span
          role="group"
          className={css.row}
          aria-label={t("talk.react.choose")}
          onKeyDown={(e) => {
            if (e.key !== "Escape") return;
            e.stopPropagation();
            close();
          }}
        >
          {emojis.map((emoji, n) => (
            <button
              type="button"
              key={emoji}
              // biome-ignore lint/a11y/noAutofocus: whoever opened the row chooses next
              autoFocus={n === 0}
              className={css.emoji}
              aria-pressed={emoji === now}
              aria-label={t(emoji === now ? "talk.react.remove" : "talk.react.with", { emoji })}
              onClick={() => choose(emoji === now ? "" : emoji)}
            >
              {emoji}
            </button>
          ))}
          {now && (
            <button
              type="button"
              className={css.emoji}
              aria-label={t("talk.react.remove", { emoji: now })}
              onClick={() => choose("")}
            >
              <Icon name="x" size={14} />
            </button>
          )}
        </span>
      )}
    </>
  );
}
