import { useTranslation } from "react-i18next";
import { dateTime } from "../../i18n/format";
import { Icon } from "../../ui/Icon";
import styles from "../Admin.module.css";
import own from "./Channels.module.css";
import { type Check, checksOf, daysLeft } from "./state";
import type { Provider, Pulse } from "./types";

const icons = { good: "check", bad: "triangle", waiting: "clock" } as const;

/** Checklist shows what of a set-up was seen to work; it fills by itself. Source: ux 15. */
export function Checklist({ provider, pulse }: { provider: Provider; pulse: Pulse }) {
  const { t } = useTranslation();
  const when = (check: Check) => {
    if (check.name === "token") return t("admin.network.daysLeft", { count: daysLeft(check.at, pulse.now) });
    return check.state === "waiting" ? t(`admin.network.wait.${check.name}`) : dateTime(check.at);
  };
  return (
    <ul className={styles.ailments} aria-label={t("admin.network.checklist")}>
      {checksOf(provider, pulse).map((check) => (
        <li key={check.name} className={own.check} data-state={check.state} data-check={check.name}>
          <Icon name={icons[check.state]} size={18} />
          <b>{t(`admin.network.check.${check.name}`)}</b>
          <span>{t(`admin.network.seen.${check.state}`)}</span>
          <span className={styles.quiet}>{when(check)}</span>
        </li>
      ))}
    </ul>
  );
}
