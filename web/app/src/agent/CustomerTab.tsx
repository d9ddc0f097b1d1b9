import type { Interaction } from "@parley/protocol";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { floor } from "../live/floor";
import { useNow } from "../parts/useNow";
import { Button } from "../ui/Button";
import css from "./Context.module.css";
import { CustomerSearch } from "./CustomerSearch";
import { VisitorFacts } from "./customer/VisitorFacts";
import { customerDraft, draftOf, setDraft } from "./drafts";
import { Match } from "./Match";
import { NewCustomerForm } from "./NewCustomerForm";

interface CustomerTabProps {
  interaction: Interaction;
  /** The record comes up by itself: with no match that is the form for a new one (POP-01, POP-03). */
  popped: boolean;
  onLink: (customer: string) => Promise<boolean>;
}

/** CustomerTab: whose interaction this is, how to correct that, and what the visitor said. */
export function CustomerTab({ interaction: i, popped, onLink }: CustomerTabProps) {
  const { t } = useTranslation();
  const now = useNow(floor.now);
  const unknown = i.customer.id === "" && i.match.count === 0;
  const typed = customerDraft(i.id);
  const [view, setView] = useState<"record" | "search" | "new">(
    draftOf(typed, "") || (popped && unknown) ? "new" : "record",
  );
  const [opened, setOpened] = useState(false);

  async function link(id: string) {
    if (!(await onLink(id))) return;
    setDraft(typed, "");
    setView("record");
    setOpened(true);
  }

  return (
    <div className={css.tab}>
      {view !== "record" && <VisitorFacts interaction={i} now={now} part="who" />}
      {view === "record" && !unknown && !popped && !opened && (
        <Button size="xs" look="main" onClick={() => setOpened(true)}>
          {t("agent.match.open")}
        </Button>
      )}
      {view === "record" && (unknown || popped || opened) && (
        <Match
          interaction={i}
          onLink={(id) => void link(id)}
          onChange={() => setView("search")}
          onNew={() => setView("new")}
        />
      )}
      {view === "search" && (
        <>
          <CustomerSearch onChoose={(id) => void link(id)} />
          <div className={css.acts}>
            <Button size="xs" onClick={() => setView("new")}>
              {t("agent.match.create")}
            </Button>
            <Button size="xs" look="quiet" onClick={() => setView("record")}>
              {t("action.cancel")}
            </Button>
          </div>
        </>
      )}
      {view === "new" && (
        <NewCustomerForm
          interaction={i}
          onMade={(id) => void link(id)}
          onCancel={() => {
            setDraft(typed, "");
            setView("record");
          }}
          onSearch={() => setView("search")}
        />
      )}
      <VisitorFacts interaction={i} now={now} part={view === "record" ? undefined : "rest"} />
    </div>
  );
}
