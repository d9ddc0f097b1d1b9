import { Tabs } from "@mantine/core";
import type { Interaction, Me } from "@parley/protocol";
import { Suspense } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../ui/Icon";
import { IconButton } from "../ui/IconButton";
import { CaseTab } from "./CaseTab";
import css from "./Context.module.css";
import { CustomerTab } from "./CustomerTab";
import { CrmTab } from "./crm/CrmTab";
import { FaqTab } from "./FaqTab";
import { HistoryTab } from "./later";
import { drawn, type Panel, panels } from "./panels";
import type { Insert } from "./useSayings";
import { DispositionPicker } from "./wrapup/DispositionPicker";

interface ContextProps {
  interaction: Interaction;
  me: Me;
  panel: Panel;
  onPanel: (panel: Panel) => void;
  popped: boolean;
  onLink: (customer: string) => Promise<boolean>;
  onSaveToCrm: () => void;
  /** Null where no outcome can be chosen here: wrapping up has its own place for it. */
  onChoose: ((ids: string[]) => void) | null;
  onInsert: Insert | null;
  onClose: () => void;
}

/** Context is what helps to answer: the customer, the log, the past, the answers. */
export function Context(p: ContextProps) {
  const { t } = useTranslation();
  const { interaction: i } = p;
  const missing = i.code_required && !i.complete && i.state === "wrapup";
  return (
    <aside
      className={css.context}
      aria-label={t("agent.context.title")}
      data-region="context"
      tabIndex={-1}
      onKeyDown={(e) => e.key === "Escape" && drawn() && p.onClose()}
    >
      <Tabs
        value={p.panel}
        onChange={(v) => p.onPanel((v ?? "customer") as Panel)}
        className={css.tabs}
        keepMounted={false}
      >
        <div className={css.bar}>
          <Tabs.List grow className={css.list}>
            {panels
              .filter((name) => name !== "crm" || i.crm?.length)
              .map((name) => (
                <Tabs.Tab key={name} value={name}>
                  {t(`agent.context.${name}`)}
                  {name === "case" && missing && <span className={css.star}>*</span>}
                </Tabs.Tab>
              ))}
          </Tabs.List>
          <span className={css.close}>
            <IconButton label={t("action.close")} onClick={p.onClose}>
              <Icon name="x" />
            </IconButton>
          </span>
        </div>
        <Tabs.Panel value="customer" className={css.panel}>
          <CustomerTab key={i.id} interaction={i} popped={p.popped} onLink={p.onLink} />
        </Tabs.Panel>
        <Tabs.Panel value="case" className={css.panel}>
          {p.onChoose && i.lists.length > 0 && (
            <div className={css.early}>
              <DispositionPicker lists={i.lists} chosen={i.chosen} onChoose={p.onChoose} />
            </div>
          )}
          <CaseTab
            key={i.id}
            interaction={i}
            me={p.me}
            onSaveToCrm={p.onSaveToCrm}
            onChooseCustomer={() => p.onPanel("customer")}
          />
        </Tabs.Panel>
        <Tabs.Panel value="history" className={css.panel}>
          <Suspense>
            <HistoryTab interaction={i} />
          </Suspense>
        </Tabs.Panel>
        <Tabs.Panel value="faq" className={css.panel}>
          <FaqTab interaction={i} me={p.me} onInsert={p.onInsert} />
        </Tabs.Panel>
        <Tabs.Panel value="crm" className={css.panel}>
          <CrmTab key={i.id} interaction={i} onBack={p.onClose} />
        </Tabs.Panel>
      </Tabs>
    </aside>
  );
}
