import { useTranslation } from "react-i18next";
import { dateTime, languageName } from "../../i18n/format";
import { useNames } from "../useConfig";
import own from "./Scripts.module.css";

/** End is where a preview's way ends, and what was set on it. */
export interface End {
  exit: "queue" | "closed" | "form" | "answer" | "skip" | "end" | "stay";
  queue_id: string;
  skills: { skill: string; level: number }[] | null;
  priority: number;
  language: string;
  messages: { every: number; times: number };
  /** Unit: Unix milliseconds; 0 = never, or nobody knows. */
  opens_at: number;
}

interface PreviewEndProps {
  end: End;
  /** They write by a network: what they wrote is kept, or missed. */
  network: boolean;
  /** The zone of the schedule. */
  zone: string;
}

/** PreviewEnd says where the way ends: in which queue, for whom, or until when it is closed. Source: SCR-01, SCR-07. */
export function PreviewEnd({ end, network, zone }: PreviewEndProps) {
  const { t } = useTranslation();
  const queues = new Map(useNames("queues"));
  const skills = new Map(useNames("skills"));
  const lines = [
    end.exit === "closed" && network
      ? t("scripts.ends.kept")
      : t(`scripts.ends.${end.exit as Exclude<End["exit"], "answer">}`, {
          queue: queues.get(end.queue_id) ?? end.queue_id,
        }),
  ];
  if (end.exit === "closed" && end.opens_at > 0)
    lines.push(t("scripts.opensAt", { at: dateTime(end.opens_at, zone), zone }));
  if (end.exit === "queue") {
    lines.push(t("scripts.inLanguage", { language: languageName(end.language) }));
    if (end.priority > 0) lines.push(t("scripts.atPriority", { n: end.priority }));
    for (const need of end.skills ?? [])
      lines.push(t("scripts.needs", { skill: skills.get(need.skill) ?? need.skill, n: need.level }));
    if (end.messages.every > 0)
      lines.push(t("scripts.told", { n: end.messages.every, count: end.messages.times }));
  }
  return <p className={own.name}>{lines.join(" ")}</p>;
}
