import type { Agent, Displayed } from "@parley/protocol";
import { useTranslation } from "react-i18next";
import type { T } from "../i18n";
import css from "./StatusBadge.module.css";

/** What a badge shows: a status, stop new, or a link that was lost. */
type Shape = Displayed | "stopnew" | "grace";

/** shapeOf returns what to draw for an agent. */
export function shapeOf(agent: Pick<Agent, "displayed" | "sub" | "conn">): Shape {
  if (agent.conn === "grace" && agent.displayed !== "logged_out") return "grace";
  if (agent.sub === "stopnew" && agent.displayed === "busy") return "stopnew";
  return agent.displayed;
}

const drawings: Record<Shape, React.ReactNode> = {
  available: <circle cx="8" cy="8" r="6" fill="currentColor" />,
  busy: (
    <>
      <circle cx="8" cy="8" r="5.5" />
      <path d="M8 2.500a5.500 5.500 0 0 1 0 11z" fill="currentColor" stroke="none" />
    </>
  ),
  stopnew: (
    <>
      <circle cx="8" cy="8" r="5.500" />
      <path d="M5 8h6" strokeWidth="2.400" />
    </>
  ),
  offered: (
    <>
      <circle cx="8" cy="8" r="5.500" />
      <circle cx="8" cy="8" r="2" fill="currentColor" />
    </>
  ),
  post_processing: <path d="M4.500 2.500h7L8 8l3.500 5.500h-7L8 8z" />,
  on_break: (
    <path d="M3 4.500h8v4a3.500 3.500 0 0 1-3.500 3.500h-1A3.500 3.500 0 0 1 3 8.500zM11 6h1a1.600 1.600 0 0 1 0 3.200h-1M3 14h8" />
  ),
  work_offline: <circle cx="8" cy="8" r="5.500" />,
  grace: <circle cx="8" cy="8" r="5.500" strokeDasharray="3 2.500" />,
  logged_out: <circle cx="8" cy="8" r="5.500" strokeWidth="1.200" />,
};

interface StatusBadgeProps {
  agent: Pick<Agent, "displayed" | "sub" | "conn"> & Partial<Pick<Agent, "load" | "capacity">>;
  /** The words of the console preset instead of the workspace's. */
  console?: boolean;
}

/** statusWord says what a badge shows, in the words of the preset. */
export function statusWord(t: T, shape: Shape, console = false): string {
  return console && shape === "post_processing" ? t("status.console.post_processing") : t(`status.${shape}`);
}

/** StatusBadge shows a status by shape, color and word. */
export function StatusBadge({ agent, console: words }: StatusBadgeProps) {
  const { t } = useTranslation();
  const shape = shapeOf(agent);
  const word = statusWord(t, shape, words);
  const counted = (shape === "busy" || shape === "stopnew") && agent.capacity !== undefined;
  return (
    <span className={css.badge} data-shape={shape}>
      <svg
        viewBox="0 0 16 16"
        width="16"
        height="16"
        aria-hidden="true"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.800"
      >
        {drawings[shape]}
      </svg>
      <span className={css.word}>{word}</span>
      {counted && (
        <span className="tabular">
          {t("status.load", { load: agent.load ?? 0, capacity: agent.capacity })}
        </span>
      )}
    </span>
  );
}
