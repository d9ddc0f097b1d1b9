import css from "./App.module.css";
import { useDesk } from "./desk";
import { hour, opening } from "./times";

/** useHours says that we are closed, until when, and what time it is there. */
export function useHours(): string[] {
  const { state, t } = useDesk();
  const { entry, language } = state;
  if (!entry || entry.open) return [];
  const when = entry.opens_at ? opening(entry.opens_at, entry.zone, language) : "";
  const own = entry.closed_text;
  return [
    own || (when ? t("closed.when", { when }) : t("closed.now")),
    own && when ? t("closed.opens", { when }) : "",
    t("closed.zone", { time: hour(Date.now(), language, entry.zone), zone: entry.zone }),
  ].filter(Boolean);
}

/** Closed is shown out of hours where no message can be left. */
export function Closed() {
  const lines = useHours();
  return (
    <div class={css.center}>
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </div>
  );
}
