import type { Message } from "@parley/protocol";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { timeOfDay } from "../i18n/format";
import { Confirm } from "../parts/Confirm";
import { reasonText, shownText } from "../parts/message/content";
import { Button } from "../ui/Button";
import { Icon } from "../ui/Icon";
import css from "./MessageList.module.css";
import { useTalkActs } from "./TalkActs";

/** quoted leaves out a reason of ours, which is a word like no_answer: it is for administrators. */
const quoted = (detail = "") => (/^[^_]+$/.test(detail) ? detail : undefined);

/** What fails again until the customer writes. */
const unasked = new Set(["window_closed", "opted_out"]);

/** Delivery says why a message did not go out yet or at all, or may not have, and what to do about it (CNV-02, R-46). */
export function Delivery({ message: m }: { message: Message }) {
  const { t } = useTranslation();
  const open = useTalkActs();
  const acts = open?.interaction === m.interaction_id ? open : null;
  const [busy, setBusy] = useState<"" | "check" | "again">("");
  const [asking, setAsking] = useState(false);
  const d = m.delivery;
  if (d?.state === "pending" && d.code)
    return (
      <p className={css.trouble} data-state="unconfirmed">
        {(d.code === "transient" || d.code === "throttled") && (
          <span className={css.failed}>{t("talk.trying", { time: timeOfDay(d.at) })}</span>
        )}{" "}
        {reasonText(t, d.code)}
      </p>
    );
  if (d?.state !== "failed" && d?.state !== "unconfirmed") return null;
  const failed = d.state === "failed";
  const during = async (what: "check" | "again", run: () => Promise<unknown>) => {
    setBusy(what);
    await run();
    setBusy("");
  };
  const check = acts?.check;
  return (
    <div className={css.trouble} data-state={d.state}>
      <p title={quoted(d.detail) && t("talk.detail", { detail: d.detail ?? "" })}>
        <span className={css.failed}>
          <Icon name={failed ? "square" : "help"} size={14} />
          {t(`talk.state.${d.state}`)}
        </span>{" "}
        {reasonText(t, failed ? d.code : "unknown_outcome")}
      </p>
      <p className={css.retry}>
        {acts && failed && !(acts.locked && unasked.has(d.code ?? "")) && (
          <Button
            size="xs"
            busy={busy === "again"}
            onClick={() => void during("again", () => acts.resend(m, false))}
          >
            {t("agent.send.retry")}
          </Button>
        )}
        {check && !failed && (
          <Button size="xs" busy={busy === "check"} onClick={() => void during("check", () => check(m))}>
            {t("talk.check")}
          </Button>
        )}
        {acts && !failed && (
          <Button size="xs" look="quiet" onClick={() => setAsking(true)}>
            {t("talk.anyway")}
          </Button>
        )}
        <Button size="xs" look="quiet" onClick={() => void navigator.clipboard?.writeText(shownText(t, m))}>
          {t("action.copy")}
        </Button>
      </p>
      {acts && (
        <Confirm
          open={asking}
          title={t("talk.anywayTitle")}
          verb={t("talk.anyway")}
          onConfirm={() => acts.resend(m, true)}
          onClose={() => setAsking(false)}
        >
          {t("talk.anywayText")}
        </Confirm>
      )}
    </div>
  );
}
