import type { BaseStatus } from "@parley/protocol";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { floor } from "../live/floor";
import { saySoon } from "../parts/announce";
import { toast } from "../ui/toast";

/** useStatusNews tells a person who changed their status, if it was not they (PRE-16). */
export function useStatusNews() {
  const { t } = useTranslation();
  useEffect(() => {
    const stop = floor.watch((frame, before, after) => {
      const id = after.me.id;
      const [was, is] = [before.agents[id], after.agents[id]];
      if (!was || !is || !frame.events.some((e) => e.agent?.id === id)) return;
      const now = is.base !== was.base && is.reason === "supervisor";
      const next = is.next !== was.next && is.next !== "" && is.by_name !== "";
      const name = is.by_name;
      if (!(now || next) || name === after.me.display_name) return;
      const text = name
        ? t("status.changedBy", { name, status: t(`status.${next ? (is.next as BaseStatus) : is.base}`) })
        : t("status.reason.supervisorUnnamed");
      toast(text);
      saySoon(text);
    });
    return () => {
      stop();
    };
  }, [t]);
}
