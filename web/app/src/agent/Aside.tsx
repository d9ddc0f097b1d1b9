import type { Interaction } from "@parley/protocol";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { dateTime } from "../i18n/format";
import { Button } from "../ui/Button";
import { Icon } from "../ui/Icon";
import css from "./Finished.module.css";

/** Aside says until when a conversation is laid aside, and takes it up again (I29, I30). */
export function Aside({
  interaction: i,
  onTake,
}: {
  interaction: Interaction;
  onTake: () => Promise<boolean>;
}) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  return (
    <p className={css.done} role="status">
      <Icon name="clock" />
      {i.parked_until ? t("talk.park.back", { when: dateTime(i.parked_until) }) : t("talk.park.open")}
      <Button
        look="main"
        busy={busy}
        onClick={async () => {
          setBusy(true);
          await onTake();
          setBusy(false);
        }}
      >
        {t("talk.park.take")}
      </Button>
    </p>
  );
}
