import { Switch } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client";
import { useMe } from "../live/floor";
import { problemText } from "../parts/problem";
import { Card } from "../ui/Card";
import { toast } from "../ui/toast";
import css from "./Profile.module.css";

const moments = ["on_offer", "on_accept", "on_end"] as const;

/** PopProfile is when the customer's record opens by itself for this person (POP-01, POP-07). */
export function PopProfile() {
  const { t } = useTranslation();
  const me = useMe();
  const [sent, setSent] = useState<typeof me.pop | null>(null);
  const shown = sent ?? me.pop;
  async function save(change: Partial<typeof me.pop>) {
    setSent({ ...shown, ...change });
    try {
      await api.put("/api/agents/me/pops", change); // the rest stays the center's to decide
    } catch (problem) {
      toast(problemText(t, problem), "bad");
      setSent(null);
    }
  }
  return (
    <Card title={t("agent.profile.pops")}>
      <div className={css.form}>
        {moments.map((moment) => (
          <Switch
            key={moment}
            label={t(`agent.profile.pop.${moment}`)}
            checked={shown[moment]}
            disabled={!me.may.change_pops}
            onChange={(e) => void save({ [moment]: e.currentTarget.checked })}
          />
        ))}
        {!me.may.change_pops && <p className={css.quiet}>{t("agent.profile.popsLocked")}</p>}
      </div>
    </Card>
  );
}
