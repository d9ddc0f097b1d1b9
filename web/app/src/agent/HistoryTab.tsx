import type { Interaction } from "@parley/protocol";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { dateTime } from "../i18n/format";
import { Loaded } from "../parts/Loaded";
import { Timeline } from "../parts/timeline/Timeline";
import css from "./Context.module.css";
import { useEarlier } from "./useRecords";

/** HistoryTab is what happened with this customer before, or what the conversation of somebody unknown had (CRM-14). */
export function HistoryTab({ interaction: i }: { interaction: Interaction }) {
  if (!i.customer.id) return <Earlier interaction={i} />;
  return (
    <div className={css.tab}>
      <Timeline customer={i.customer.id} prefer={i.channel} without={i.id} />
    </div>
  );
}

function Earlier({ interaction: i }: { interaction: Interaction }) {
  const { t } = useTranslation();
  const query = useEarlier(i.conversation_id);
  return (
    <Loaded query={query}>
      {(page) => {
        const earlier = page.items.filter((e) => e.id !== i.id);
        return (
          <div className={css.tab}>
            {earlier.length === 0 && <p className={css.quiet}>{t("agent.history.none")}</p>}
            <ul className={css.rows}>
              {earlier.map((e) => (
                <li key={e.id}>
                  <Link href={`/agent/interactions/${e.id}`}>{dateTime(e.created_at)}</Link>
                  <span>
                    {[t(`channel.${e.channel}`), e.queue?.name, e.agent?.display_name, t(`state.${e.state}`)]
                      .filter(Boolean)
                      .join(" · ")}
                  </span>
                </li>
              ))}
            </ul>
          </div>
        );
      }}
    </Loaded>
  );
}
