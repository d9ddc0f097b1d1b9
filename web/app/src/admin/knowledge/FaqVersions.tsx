import type { Page } from "@parley/protocol";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client";
import { keys } from "../../api/query";
import { dateTime } from "../../i18n/format";
import { Rich } from "../../parts/Rich";
import { Button } from "../../ui/Button";
import { Card } from "../../ui/Card";
import type { FaqText } from "../types";
import { FaqCompare } from "./FaqCompare";
import own from "./Knowledge.module.css";

type Version = { version: number; texts: FaqText[]; by: string; at: number };

interface FaqVersionsProps {
  id: string;
  published: number;
  /** What stands in the form now. */
  draft: FaqText[];
  onRestore: (texts: FaqText[]) => void;
}

/** FaqVersions lists what was published, by whom and when; an older one can become the draft again. */
export function FaqVersions({ id, published, draft, onRestore }: FaqVersionsProps) {
  const { t } = useTranslation();
  const { data } = useQuery({
    queryKey: keys.admin("faqs", id, "versions"),
    queryFn: () => api.get<Page<Version>>(`/api/admin/faqs/${id}/versions`),
  });
  const versions = data?.items ?? [];
  if (versions.length === 0) return null;
  return (
    <Card title={t("admin.faq.versions")} about={t("admin.faq.versionsAbout")}>
      <ul className={own.versions}>
        {versions.map((v) => (
          <li key={v.version}>
            <details>
              <summary>
                {t("admin.faq.version", { n: v.version })}
                {v.at > 0 && (
                  <>
                    {" \u00b7 "}
                    <time>{dateTime(v.at)}</time>
                  </>
                )}
                {v.by && ` \u00b7 ${v.by}`}
              </summary>
              {v.texts.map((x) => (
                <div key={x.language} lang={x.language}>
                  <strong>{x.question}</strong>
                  <Rich blocks={[{ kind: "text", items: [[{ text: x.rich }]] }]} />
                </div>
              ))}
            </details>
            {v.version !== published && (
              <Button
                size="xs"
                look="quiet"
                aria-label={t("admin.faq.restoreVersion", { n: v.version })}
                onClick={() => onRestore(v.texts)}
              >
                {t("admin.faq.restore")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <FaqCompare
        editions={[
          { key: "draft", label: t("admin.faq.draft"), texts: draft },
          ...versions.map((v) => ({
            key: `${v.version}`,
            label: t("admin.faq.version", { n: v.version }),
            texts: v.texts,
          })),
        ]}
      />
    </Card>
  );
}
