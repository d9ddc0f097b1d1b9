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
      const changed = is.base !== was.base || is.next !== was.next;
      if (!changed || is.reason !== "supervisor") return;
      const name = is.by_name;
      const text = name
        ? t("status.changedBy", { name, status: t(`status.${is.next || is.base}`) })
        : t("status.reason.supervisorUnnamed");
      toast(text);
      saySoon(text);
    });
    return () => {
      stop();
    };
  }, [t]);
}
