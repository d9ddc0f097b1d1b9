import { Switch } from "@mantine/core";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../ui/Button";
import { Icon } from "../../ui/Icon";
import { IconButton } from "../../ui/IconButton";
import { settle, toast } from "../../ui/toast";
import { saySoon } from "../announce";
import { preferences, usePreferences } from "../preferences";
import { problemText } from "../problem";
import {
  clashOf,
  groups,
  keepShortcuts,
  keysOf,
  refusalOf,
  type Shortcut,
  usual,
  withKey,
} from "../shortcuts";
import css from "./KeyRemapper.module.css";
import { keysText, shortcutName } from "./names";
import { useCapture } from "./useCapture";

/** useKeep keeps what this person chose, and says so where it could not be kept. */
function useKeep() {
  const { t } = useTranslation();
  return (change: Parameters<typeof keepShortcuts>[0]) => {
    settle("shortcuts");
    keepShortcuts(change).catch((error: unknown) => toast(problemText(t, error), "bad"));
  };
}

/** LettersSwitch switches the keys off that need no Ctrl or Alt (WCAG 2.1.4). */
export function LettersSwitch() {
  const { t } = useTranslation();
  const { letters } = usePreferences();
  const keep = useKeep();
  return (
    <Switch
      label={t("help.single")}
      description={t("help.singleHint")}
      checked={letters}
      onChange={(e) => keep({ letters: e.currentTarget.checked })}
    />
  );
}

/** KeyRemapper shows every shortcut, and gives it the key that one presses. Source: UX-70, WCAG 2.1.4. */
export function KeyRemapper() {
  const { t } = useTranslation();
  const { keys } = usePreferences();
  const keep = useKeep();
  const [at, setAt] = useState<Shortcut | "">("");
  function resetAll() {
    const before = preferences().keys;
    keep({ keys: {} });
    toast(t("help.wereReset"), "good", {
      label: t("help.undo"),
      run: () => keep({ keys: before }),
      of: ["shortcuts"],
    });
  }
  return (
    <div className={css.all}>
      <p className={css.hint}>{t("help.mineHint")}</p>
      {groups.map(([group, ids]) => (
        <section key={group}>
          <h3 className={css.head}>{t(`help.${group}`)}</h3>
          <ul className={css.list}>
            {ids.map((id) => (
              <Row key={id} id={id} open={at === id} onOpen={setAt} onKeep={(next) => keep({ keys: next })} />
            ))}
          </ul>
        </section>
      ))}
      <Button why={Object.keys(keys).length === 0 ? t("why.same") : ""} onClick={resetAll}>
        {t("help.resetAll")}
      </Button>
    </div>
  );
}

interface RowProps {
  id: Shortcut;
  /** Its new key is being pressed, or what was pressed is being talked about. */
  open: boolean;
  onOpen: (id: Shortcut | "") => void;
  onKeep: (keys: Record<string, string>) => void;
}

function Row({ id, open, onOpen, onKeep }: RowProps) {
  const { t } = useTranslation();
  const { keys } = usePreferences();
  const [tried, setTried] = useState("");
  const name = shortcutName(t, id);
  const now = keysText(t, keysOf(id, keys));
  const capture = useCapture((key) => {
    if (key === "" || keysOf(id, keys)[0] === key) return leave();
    setTried(key);
    if (refusalOf(id, key) === "" && !clashOf(id, key)) give(key);
  });
  const button = useRef<HTMLButtonElement>(null);
  const capturing = open && tried === "";
  function leave() {
    setTried("");
    onOpen("");
  }
  function stay() {
    leave();
    button.current?.focus();
  }
  function give(key: string) {
    onKeep(withKey(preferences().keys, id, key));
    saySoon(t("help.changed", { keys: keysText(t, [key]), name }));
    stay();
  }
  function begin() {
    setTried("");
    capture.begin();
    button.current?.focus(); // a click does not do that everywhere
    onOpen(id);
  }
  const label = capturing ? t("help.pressHint", { name }) : t("help.changeOne", { name, keys: now });
  return (
    <li className={css.row}>
      <span>{name}</span>
      <button
        type="button"
        ref={button}
        className={css.key}
        aria-label={label}
        data-capturing={capturing || undefined}
        data-mantine-stop-propagation={capturing || undefined}
        onClick={capturing ? undefined : begin}
        onKeyDown={capturing ? capture.down : undefined}
        onBlur={capturing ? leave : undefined}
      >
        {capturing ? t(capture.after ? "help.second" : "help.press") : <kbd>{now}</kbd>}
      </button>
      {keys[id] !== undefined && (
        <IconButton
          label={t("help.reset", { keys: keysText(t, usual[id]), name })}
          onClick={() => onKeep(without(id))}
        >
          <Icon name="x" />
        </IconButton>
      )}
      {open && tried !== "" && <Trouble id={id} tried={tried} onSwap={() => give(tried)} onLeave={stay} />}
    </li>
  );
}

/** without returns the person's own keys once something has its usual one; what has that now gets the one given up. */
function without(id: Shortcut): Record<string, string> {
  const { [id]: _, ...rest } = withKey(preferences().keys, id, usual[id][0]);
  return rest;
}

interface TroubleProps {
  id: Shortcut;
  tried: string;
  onSwap: () => void;
  onLeave: () => void;
}

/** Trouble says why a key cannot be had just so, and what can be done. */
function Trouble({ id, tried, onSwap, onLeave }: TroubleProps) {
  const { t } = useTranslation();
  const keys = keysText(t, [tried]);
  const refusal = refusalOf(id, tried);
  const other = clashOf(id, tried);
  return (
    <div className={css.trouble} role="alert">
      <p>
        {refusal !== "" && t(`help.refused.${refusal}`, { keys })}
        {refusal === "" && other && t("help.clash", { keys, name: shortcutName(t, other) })}
      </p>
      {refusal === "" && (
        <Button size="xs" onClick={onSwap}>
          {t("help.swap")}
        </Button>
      )}
      <Button size="xs" look="quiet" onClick={onLeave}>
        {t("help.keep")}
      </Button>
    </div>
  );
}
