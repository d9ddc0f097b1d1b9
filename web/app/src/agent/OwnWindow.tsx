import type { Interaction } from "@parley/protocol";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useLive } from "../live/floor";
import { Button } from "../ui/Button";
import { EmptyState } from "../ui/EmptyState";
import { title } from "../ui/title";
import css from "./Desk.module.css";
import { byNetwork, handleOf, isMine } from "./desk";
import { Opened } from "./Opened";
import { useActs } from "./useActs";
import { useDraftKeeping } from "./useHousekeeping";
import { hold } from "./windows";

/** OwnWindow is one conversation in a window of its own; all that can be done in the workspace can be done here (CNV-10). */
export function OwnWindow({ id }: { id: string }) {
  const { t } = useTranslation();
  const me = useLive((l) => l.me.id);
  const now = useLive((l) => l.interactions[id]);
  const last = useRef<Interaction | undefined>(undefined);
  const mine = now !== undefined && isMine(now, me);
  if (mine) last.current = now;
  const shown = last.current;
  const acts = useActs();
  const field = useRef<HTMLTextAreaElement>(null);
  const named = shown ? windowTitle(shown) || t("agent.conversation.number", { n: shown.number }) : "";
  useDraftKeeping();
  useEffect(() => hold(id), [id]);
  useEffect(() => title("page", named), [named]);
  if (!shown) {
    return (
      <EmptyState icon="bubble" title={t("agent.conversation.unavailable")}>
        <Button onClick={() => close()}>{t("action.close")}</Button>
      </EmptyState>
    );
  }
  return (
    <div className={css.desk} data-open data-own>
      <Opened interaction={shown} gone={!mine} acts={acts} field={field} />
    </div>
  );
}

/** windowTitle is who is spoken with: nickname, name and e-mail, as far as they are known; "" for somebody unknown. */
export function windowTitle(i: Interaction): string {
  const known = i.customer.id !== "" || i.visitor.name !== "" || byNetwork(i);
  if (!known) return i.visitor.email;
  const nick = byNetwork(i) ? handleOf(i) : i.visitor.name;
  return [...new Set([nick, i.customer.name, i.visitor.email])].filter(Boolean).join(" · ");
}
