import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { ChannelIcon } from "../../parts/ChannelIcon";
import { Loaded } from "../../parts/Loaded";
import { Card } from "../../ui/Card";
import { Page } from "../../ui/Page";
import own from "./Channels.module.css";
import { useProviders } from "./useNetworks";
import { useWords } from "./words";

/** Chooser is the first step of a new entry point: where people will write. Source: ux 15. */
export function Chooser() {
  const { t } = useTranslation();
  const words = useWords();
  const query = useProviders();
  return (
    <Page
      title={t("admin.entry.new")}
      about={t("admin.network.chooseAbout")}
      back={{ href: "/admin/entry-points", label: t("admin.section.entry-points") }}
      narrow
    >
      <Loaded query={query}>
        {(providers) => (
          <Card title={t("admin.network.choose")}>
            <ul className={own.networks}>
              <li>
                <Link href="/admin/entry-points/new/webchat" className={own.network}>
                  <ChannelIcon channel="webchat" />
                  {t("admin.network.widget")}
                </Link>
              </li>
              {providers.map((p) => (
                <li key={p.provider}>
                  <Link href={`/admin/entry-points/new/${p.provider}`} className={own.network}>
                    <ChannelIcon channel={p.channels[0]!} />
                    {words.provider(p)}
                  </Link>
                </li>
              ))}
            </ul>
          </Card>
        )}
      </Loaded>
    </Page>
  );
}
