import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { useLive } from "../live/floor";
import { Icon } from "../ui/Icon";
import css from "./Nav.module.css";
import type { Place } from "./routes";

/** Nav lists the places a person may enter; on a phone it is the bottom bar. */
export function Nav({ places, here }: { places: Place[]; here: Place | undefined }) {
  const { t } = useTranslation();
  const ringing = useLive((l) =>
    Object.values(l.interactions).some((i) => i.offer?.agent_id === l.me.id && i.state === "offered"),
  );
  if (places.length < 2) return null;
  return (
    <nav className={css.nav} data-many={places.length > 5 || undefined} aria-label={t("nav.main")}>
      {places.map((p) => (
        <Link
          key={p.name}
          href={p.href}
          className={css.link}
          aria-current={p === here ? "page" : undefined}
          data-ringing={(p.name === "workspace" && ringing && p !== here) || undefined}
        >
          <Icon name={p.icon} />
          <span>{t(`nav.${p.name}`)}</span>
        </Link>
      ))}
    </nav>
  );
}
