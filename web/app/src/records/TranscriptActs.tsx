import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, path } from "../api/client";
import { currentLanguage, type T } from "../i18n";
import { Confirm } from "../parts/Confirm";
import { useVerified } from "../parts/useVerified";
import { Button } from "../ui/Button";
import { Icon } from "../ui/Icon";
import styles from "./Record.module.css";
import { useDoing } from "./useDoing";

interface TranscriptActsProps {
  /** Where the PDF is: of a case or of an interaction. */
  paper: string;
  /** The interaction it is about, and when it ended, 0 while it goes on. */
  talk: { id: string; ended_at: number; agent: unknown };
  /** The linked customer, "" if nobody is. */
  customer: string;
}

/** TranscriptActs are the ways a transcript leaves the screen: printed, as a PDF, by e-mail to the customer. Source: CRM-08, CRM-14. */
export function TranscriptActs({ paper, talk, customer }: TranscriptActsProps) {
  const { t } = useTranslation();
  const doing = useDoing();
  const [asking, ask] = useState(false);
  const [to] = useVerified(customer);
  const why = whyNot(t, talk, customer, to);
  return (
    <>
      <Button icon={<Icon name="print" size={16} />} onClick={() => window.print()}>
        {t("action.print")}
      </Button>
      <a className={styles.button} href={path(paper, reader())} download>
        <Icon name="download" size={16} /> {t("cases.pdf")}
      </a>
      <Button icon={<Icon name="send" size={16} />} why={why} onClick={() => ask(true)}>
        {t("cases.mail.action")}
      </Button>
      <Confirm
        open={asking}
        title={t("cases.mail.title")}
        verb={t("cases.mail.verb")}
        onConfirm={() =>
          doing(
            () => api.post(path(`/api/interactions/${talk.id}/transcript-mail`, reader())),
            t("cases.mail.done"),
          )
        }
        onClose={() => ask(false)}
      >
        {t("cases.mail.text", { email: to })}
      </Confirm>
    </>
  );
}

/** reader is for whom a transcript is written: their language and time zone. */
function reader() {
  return { language: currentLanguage(), zone: Intl.DateTimeFormat().resolvedOptions().timeZone };
}

/** whyNot says why nothing can be mailed, "" if it can. */
function whyNot(t: T, talk: TranscriptActsProps["talk"], customer: string, to: string | undefined): string {
  if (!talk.agent) return t("cases.mail.nobody");
  if (talk.ended_at === 0) return t("cases.mail.goesOn");
  if (customer === "") return t("cases.followUps.noCustomer");
  return to ? "" : t("cases.followUps.noVerified");
}
