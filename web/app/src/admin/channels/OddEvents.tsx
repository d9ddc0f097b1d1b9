import { useTranslation } from "react-i18next";
import { dateTime } from "../../i18n/format";
import { Loaded } from "../../parts/Loaded";
import { Card } from "../../ui/Card";
import { EmptyState } from "../../ui/EmptyState";
import { Tag } from "../../ui/Tag";
import own from "./Channels.module.css";
import { useOdd } from "./useNetworks";
import { useWords } from "./words";

/** encoding is how bytes that are no text are shown: a name, not a word. */
const encoding = "base64";

/** OddEvents shows what the network signed and we could not read, as it came: as plain text and nothing else. */
export function OddEvents({ id }: { id: string }) {
  const { t } = useTranslation();
  const words = useWords();
  const query = useOdd(id);
  return (
    <Card title={t("admin.network.oddTitle")} about={t("admin.network.oddAbout")}>
      <Loaded query={query}>
        {(events) =>
          events.length === 0 ? (
            <EmptyState icon="check" title={t("admin.network.oddNone")} />
          ) : (
            events.map((e) => (
              <details key={e.id} className={own.more}>
                <summary>
                  {dateTime(e.at)} {words.odd(e.why)} {e.binary && <Tag>{encoding}</Tag>}
                </summary>
                <pre className={own.raw}>{e.body}</pre>
              </details>
            ))
          )
        }
      </Loaded>
    </Card>
  );
}
