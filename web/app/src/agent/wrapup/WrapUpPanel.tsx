import { Textarea } from "@mantine/core";
import type { Interaction, Me } from "@parley/protocol";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { clock } from "../../i18n/format";
import { useActions } from "../../parts/actions";
import { sayNow, saySoon } from "../../parts/announce";
import { Button } from "../../ui/Button";
import { Icon } from "../../ui/Icon";
import { useAgain } from "../again";
import { byNetwork, overdueKey } from "../desk";
import { DispositionPicker } from "./DispositionPicker";
import css from "./WrapUpPanel.module.css";

interface WrapUpPanelProps {
  interaction: Interaction;
  me: Me;
  now: number;
  note: string;
  onNote: (text: string) => void;
  onAddNote: () => void;
  onChoose: (ids: string[]) => void;
  onFinish: () => void;
  onExtend: () => void;
  onSaveToCrm: () => void;
  onDismiss: () => void;
}

/** Below which the time left is amber and said once. Unit: milliseconds. Source: UX-34. */
const soon = 20_000;

/**
 * WrapUpPanel: the time left, the codes, a note, the log, and the way out (WRP-02 to WRP-08).
 * The second half of a double click on Continue is not a finish: the button there is a new one.
 */
export function WrapUpPanel(p: WrapUpPanelProps) {
  const { t } = useTranslation();
  const { interaction: i, me } = p;
  const console = me.labels_preset === "console";
  const missing = i.code_required && !i.complete;
  const [goneOn, setGoneOn] = useState(false);
  const stepped = me.wrapup_continue_step && i.lists.length > 0;
  const codes = !stepped || !goneOn;
  const over = i.state !== "wrapup";
  const again = useAgain(i.id);
  const [tried, setTried] = useState(false);
  const why = missing ? t("agent.wrap.missing") : "";
  function barred() {
    setTried(true);
    sayNow(t("agent.wrap.missing"));
  }
  useActions([
    {
      id: "save",
      label: t("help.keys.save"),
      run: () => (missing ? barred() : over || p.onFinish()),
    },
  ]);
  return (
    <section
      className={css.panel}
      aria-label={t("agent.wrap.title", { name: i.customer.name })}
      data-region="wrapup"
    >
      <header className={css.head}>
        <h2 className={css.title}>
          {t(console ? "agent.console.wrapping" : "agent.wrap.title", {
            name: i.customer.name,
          })}
        </h2>
        {over ? (
          <span className={css.left}>{t("agent.wrap.over")}</span>
        ) : (
          <Left interaction={i} now={p.now} console={console} />
        )}
        {i.may_extend && (
          <Button size="xs" onClick={p.onExtend}>
            {t("agent.wrap.extend")}
          </Button>
        )}
      </header>
      {(i.await_ack || i.unviewed) && (
        <p className={css.ack}>
          <Icon name="door" size={16} />
          {t(byNetwork(i) ? "agent.alert.ended" : "agent.alert.left")}
        </p>
      )}
      {again && (
        <p className={css.ack} role="status">
          <Icon name="bubble" size={16} />
          {t("talk.again")}
        </p>
      )}
      {codes && i.lists.length > 0 && (
        <DispositionPicker
          lists={i.lists}
          chosen={i.chosen}
          onChoose={p.onChoose}
          focus={!over}
          missed={tried || i.overdue}
        />
      )}
      {(!stepped || goneOn) && (
        <div className={css.note}>
          <Textarea
            label={t("agent.wrap.note")}
            description={t("agent.note.label")}
            autosize
            minRows={1}
            maxRows={5}
            value={p.note}
            onChange={(e) => p.onNote(e.currentTarget.value)}
          />
          <Button size="xs" why={p.note.trim() === "" ? t("why.write") : ""} onClick={p.onAddNote}>
            {t("agent.composer.saveNote")}
          </Button>
        </div>
      )}
      <footer className={css.foot}>
        <Button icon={<Icon name="folder" size={16} />} onClick={p.onSaveToCrm}>
          {t(i.case ? "agent.crm.update" : "agent.crm.save")}
        </Button>
        <span className={css.space} />
        {over ? (
          <Button look="main" onClick={p.onDismiss}>
            {t("agent.wrap.dismiss")}
          </Button>
        ) : stepped && !goneOn ? (
          <Button look="main" why={why} onBarred={barred} onClick={() => setGoneOn(true)}>
            {t("action.continue")}
          </Button>
        ) : (
          <Button look="main" why={why} onBarred={barred} onClick={(e) => e.detail < 2 && p.onFinish()}>
            {t(console ? "agent.console.finish" : "agent.wrap.finish")}
          </Button>
        )}
      </footer>
    </section>
  );
}

function Left({ interaction: i, now, console }: { interaction: Interaction; now: number; console: boolean }) {
  const { t } = useTranslation();
  const words = console ? "agent.console.left" : "agent.wrap.left";
  const left = i.wrapup_until - now;
  const late = !i.overdue && i.wrapup_until > 0 && left <= soon;
  const said = useRef("");
  useEffect(() => {
    const what = i.overdue ? "overdue" : late ? "late" : "";
    if (!what || said.current === what) return;
    said.current = what;
    if (what === "late") saySoon(t(words, { d: clock(Math.max(0, left)) }));
    else sayNow(t("agent.wrap.missing"));
  }, [i.overdue, late, left, words, t]);
  if (i.overdue) {
    const by = clock(now - (i.wrapup_until || i.wrapup_from));
    return (
      <span className={css.left} data-overdue>
        <Icon name="square" size={15} />
        {t(overdueKey(i), { d: by })}
      </span>
    );
  }
  if (i.wrapup_until === 0) return null;
  return (
    <span className={css.left} data-late={late || undefined}>
      <Icon name="clock" size={15} />
      {t(words, { d: clock(Math.max(0, left)) })}
    </span>
  );
}
