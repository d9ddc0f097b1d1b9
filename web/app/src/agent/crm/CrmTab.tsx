import { Radio } from "@mantine/core";
import type { CrmKnown, Interaction } from "@parley/protocol";
import i18next from "i18next";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { T } from "../../i18n";
import { Claimed } from "../../parts/Claimed";
import { Loaded } from "../../parts/Loaded";
import { Button } from "../../ui/Button";
import { Icon } from "../../ui/Icon";
import contextCss from "../Context.module.css";
import css from "./Crm.module.css";
import { foundText } from "./CrmLine";
import { CrmLogState, underOf } from "./CrmLogState";
import { CrmNewContact } from "./CrmNewContact";
import { Outside } from "./Outside";
import { markShown } from "./shown";
import { useCrm, useCrmActs } from "./useCrm";

/** CrmTab is what CRMs outside know of who writes: whom the log is filed under, somebody new, and where it went (DYN-04 to DYN-06). */
export function CrmTab({ interaction: i, onBack }: { interaction: Interaction; onBack: () => void }) {
  const { t } = useTranslation();
  const query = useCrm(i);
  return (
    <div className={contextCss.tab}>
      <div className={contextCss.acts}>
        <Button size="xs" look="quiet" icon={<Icon name="left" size={15} />} onClick={onBack}>
          {t("crm.back")}
        </Button>
      </div>
      <Loaded query={query}>
        {(page) => page.items.map((k) => <OneCrm key={k.connection_id} id={i.id} known={k} />)}
      </Loaded>
    </div>
  );
}

/** OneCrm is what one CRM knows, and what can be done about it there. */
export function OneCrm({ id, known: k }: { id: string; known: CrmKnown }) {
  const { t } = useTranslation();
  const acts = useCrmActs(id, k.connection_id);
  const [adding, setAdding] = useState(false);
  return (
    <section className={css.one} aria-label={k.name}>
      <header className={css.head}>
        <h2 className={contextCss.title}>{k.name}</h2>
        <span className={contextCss.quiet} role="status">
          {foundText(t, { state: k.state, count: k.records.length })}
        </span>
      </header>
      {k.state === "unavailable" && <p className={contextCss.quiet}>{t("crm.unavailableHint")}</p>}
      {k.records.length > 0 && <Matches known={k} onChoose={acts.choose} />}
      <div className={contextCss.acts}>
        <Button
          size="xs"
          icon={<Icon name="plus" size={15} />}
          onClick={() => setAdding(!adding)}
          aria-expanded={adding}
        >
          {t("crm.create")}
        </Button>
        {k.new_url && (
          <Outside href={k.new_url} onOpen={() => markShown(id, k.connection_id)}>
            {t("crm.newThere")}
          </Outside>
        )}
        <Button size="xs" look="quiet" disabled={k.state === "searching"} onClick={() => void acts.lookUp()}>
          {t("crm.again")}
        </Button>
      </div>
      {adding && <CrmNewContact id={id} known={k} onDone={() => setAdding(false)} />}
      {k.log && <CrmLogState log={k.log} under={underOf(k)} onRetry={() => void acts.retry()} />}
    </section>
  );
}

interface MatchesProps {
  known: CrmKnown;
  onChoose: (record: CrmKnown["records"][number]) => Promise<unknown>;
}

function Matches({ known: k, onChoose }: MatchesProps) {
  const { t } = useTranslation();
  const [picked, setPicked] = useState(""); // shows at once, until the server has it or refuses
  const place = (r: { object: string; id: string }) => `${r.object} ${r.id}`;
  return (
    <Radio.Group
      label={t("crm.regarding")}
      description={t("crm.regardingHint")}
      value={picked || place(k.regarding)}
      onChange={(v) => {
        const record = k.records.find((r) => place(r) === v);
        if (!record) return;
        setPicked(v);
        void onChoose(record).finally(() => setPicked((now) => (now === v ? "" : now)));
      }}
    >
      <ul className={css.records}>
        {k.records.map((r) => (
          <li key={place(r)} data-record={r.id}>
            <Radio value={place(r)} label={r.name || t("crm.noName")} />
            <span className={css.facts}>
              {[objectText(t, r.object), r.company, r.detail, r.emails[0], r.phones[0]]
                .filter(Boolean)
                .join(" \u00b7 ")}
            </span>
            {r.claimed && (
              <span className={css.facts}>
                <Claimed />
              </span>
            )}
            {r.url && (
              <Outside href={r.url}>
                {t("crm.open")}
                <span className={css.hidden}>{r.name}</span>
              </Outside>
            )}
          </li>
        ))}
      </ul>
    </Radio.Group>
  );
}

/** objectText is what a kind of record is called; one we have no word for keeps its own. */
function objectText(t: T, object: string): string {
  const key = `crm.object.${object}`;
  return i18next.exists(key, { ns: "app" }) ? (t as (key: string) => string)(key) : object;
}
