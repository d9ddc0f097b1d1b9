import { useTranslation } from "react-i18next";
import css from "./Ticks.module.css";

/** Ticks draws how far a message has come: clock, one tick, two, two filled. */
export function Ticks({ state }: { state: "sending" | "sent" | "delivered" | "read" }) {
  const { t } = useTranslation();
  return (
    <span
      className={css.ticks}
      data-state={state}
      role="img"
      aria-label={t(`message.${state}`)}
      title={t(`message.${state}`)}
    >
      <svg
        viewBox="0 0 22 14"
        width="18"
        height="12"
        aria-hidden="true"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.800"
      >
        {state === "sending" ? (
          <path d="M11 12.500a5.500 5.500 0 1 0 0-11 5.500 5.500 0 0 0 0 11zM11 4v3.200l2 1.300" />
        ) : (
          <path
            d={state === "sent" ? "M5 7.500l4 4 8-9" : "M1 7.500l4 4 8-9M9 10.500l1.200 1L18.500 2.500"}
          />
        )}
      </svg>
    </span>
  );
}
