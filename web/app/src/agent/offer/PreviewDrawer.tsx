import type { Interaction } from "@parley/protocol";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { floor } from "../../live/floor";
import { useNow } from "../../parts/useNow";
import { Button } from "../../ui/Button";
import { Icon } from "../../ui/Icon";
import { IconButton } from "../../ui/IconButton";
import { VisitorFacts } from "../customer/VisitorFacts";
import { Match } from "../Match";
import { acceptWord } from "./OfferCard";
import css from "./PreviewDrawer.module.css";

interface PreviewDrawerProps {
  interaction: Interaction;
  /** The person asked for it; else it came by itself and takes no focus. */
  asked: boolean;
  console: boolean;
  onAccept: () => void;
  onClose: () => void;
}

/** PreviewDrawer shows the matched record before one accepts, to read only (OFR-03, POP-01). */
export function PreviewDrawer({ interaction: i, asked, console, onAccept, onClose }: PreviewDrawerProps) {
  const { t } = useTranslation();
  const now = useNow(floor.now);
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    if (asked) panel.current?.focus();
  }, [asked]);
  return (
    <aside
      ref={panel}
      className={css.drawer}
      data-asked={asked || undefined}
      tabIndex={-1}
      aria-label={t("agent.offer.previewOf", { name: i.customer.name })}
      data-region="preview"
      onKeyDown={(e) => e.key === "Escape" && onClose()}
    >
      <header className={css.head}>
        <h2>{t("agent.offer.previewOf", { name: i.customer.name })}</h2>
        <IconButton label={t("action.close")} onClick={onClose}>
          <Icon name="x" />
        </IconButton>
      </header>
      <div className={css.body}>
        <Match interaction={i} />
        <VisitorFacts interaction={i} now={now} />
      </div>
      <footer className={css.foot}>
        <Button look="main" wide onClick={onAccept}>
          {t(acceptWord(console))}
        </Button>
      </footer>
    </aside>
  );
}
