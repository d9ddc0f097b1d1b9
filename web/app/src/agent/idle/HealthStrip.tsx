import { useState } from "react";
import { useTranslation } from "react-i18next";
import { usePreferences } from "../../parts/preferences";
import { Button } from "../../ui/Button";
import { Icon } from "../../ui/Icon";
import { soundBlocked, unlockSound } from "../offer/sound";
import css from "./HealthStrip.module.css";

/** mayAsk tells whether desktop notifications still wait for a word from the person. */
function mayAsk(): boolean {
  return "Notification" in globalThis && Notification.permission === "default";
}

/** HealthStrip says what would keep an offer from being noticed, with its remedy (UX-02). */
export function HealthStrip() {
  const { t } = useTranslation();
  const { sound, notify } = usePreferences();
  const [, again] = useState(0);
  const blocked = sound && soundBlocked();
  const ask = notify && mayAsk();
  if (!blocked && !ask) return null;

  async function enable() {
    await unlockSound();
    if (ask) await Notification.requestPermission();
    again((n) => n + 1);
  }

  return (
    <div className={css.strip}>
      <Icon name={blocked ? "mute" : "bell"} />
      <span>{blocked ? t("agent.health.sound") : t("agent.health.notify")}</span>
      <Button size="xs" look="main" onClick={() => void enable()}>
        {t("agent.health.enable")}
      </Button>
    </div>
  );
}
