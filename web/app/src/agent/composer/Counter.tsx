import type { Composer } from "@parley/protocol";
import { useTranslation } from "react-i18next";
import { currentLanguage } from "../../i18n";
import type { Room } from "../text";
import css from "./Composer.module.css";
import { partsOf, priceOf, type Sms } from "./compose";

interface CounterProps {
  text: string;
  space: Room;
  facts: Composer | null;
  /** Null where nothing is counted by segments. */
  sms: Sms | null;
  /** Characters too many in what was not pasted. */
  refused: number;
  /** Why what is typed cannot be sent, in words. */
  trouble: string;
}

/** Counter says how much of its room a text takes, and in how many pieces it goes (CNV-03, CNV-05). */
export function Counter({ text, space, facts, sms, refused, trouble }: CounterProps) {
  const { t } = useTranslation();
  const parts = facts && !sms ? partsOf(text, facts.part_limit, facts.unit) : 1;
  const price = facts && sms ? priceOf(sms.segments, facts, currentLanguage()) : "";
  const said = [
    sms && sms.segments > 0 && t("agent.composer.segments", { ...space, count: sms.segments }),
    price !== "" && t("agent.composer.price", { price }),
    !sms && space.used > 0 && t("agent.composer.count", { used: space.used, limit: space.limit }),
    sms && sms.segments > 0 && t(sms.ucs2 ? "agent.composer.ucs2" : "agent.composer.gsm7"),
    sms &&
      sms.letters.length > 0 &&
      trouble === "" &&
      t("agent.composer.wide", { letters: sms.letters.join(" ") }),
    space.over > 0 && t("agent.composer.over", { count: space.over }),
    parts > 1 && t("agent.composer.parts", { count: parts }),
    refused > 0 && t("agent.composer.pasteRefused", { count: refused }),
    trouble,
  ];
  return (
    <span
      id="composer-count"
      className={css.count}
      data-near={space.near || sms?.grown || undefined}
      data-over={space.over > 0 || trouble !== "" || undefined}
    >
      {said.filter(Boolean).join(" · ")}
    </span>
  );
}
