import type { Transcript } from "@parley/protocol";
import { type QueryKey, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "../api/client";
import { inLanguage } from "../i18n/format";
import { Loaded } from "../parts/Loaded";
import { Playback } from "../parts/Playback";
import { Card } from "../ui/Card";
import { Tag } from "../ui/Tag";
import styles from "./Record.module.css";

/** Spoken is what was said in an interaction, and the codes it was given. Source: CRM-07, CRM-08. */
export function Spoken({ source, cacheKey }: { source: string; cacheKey: QueryKey }) {
  const { t } = useTranslation();
  const query = useQuery({ queryKey: cacheKey, queryFn: () => api.get<Partial<Transcript>>(source) });
  return (
    <Card title={t("editor.transcript")} about={t("cases.readOnly")}>
      <Loaded query={query}>
        {(told) => (
          <>
            {(told.dispositions ?? []).length > 0 && (
              <div className={styles.row}>
                <span>{t("records.interaction.codes")}</span>
                {told.dispositions?.map((code) => (
                  <Tag key={code.id}>{inLanguage(code)}</Tag>
                ))}
              </div>
            )}
            <Playback
              messages={told.messages ?? []}
              notes={told.notes ?? []}
              customer={told.interaction?.customer?.name || t("message.customer")}
            />
            {told.origin !== undefined && told.origin > 0 && (
              <p className={styles.foot}>
                {t("cases.origin")} {t("records.number", { n: told.origin })}
              </p>
            )}
            {told.hash && (
              <p className={styles.foot} title={t("cases.hashHint")}>
                {t("cases.hash")} <code className={styles.words}>{told.hash}</code>
              </p>
            )}
          </>
        )}
      </Loaded>
    </Card>
  );
}
