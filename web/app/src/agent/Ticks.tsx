import type { DeliveryState } from "@parley/protocol";
import { useTranslation } from "react-i18next";
import css from "./Ticks.module.css";

const clock = "M11 12.500a5.500 5.500 0 1 0 0-11 5.500 5.500 0 0 0 0 11zM11 4v3.200l2 1.300";
const one = "M5 7.500l4 4 8-9";
const two = "M1 7.500l4 4 8-9M9 10.500l1.200 1L18.500 2.500";
const paths: Record<DeliveryState, string> = {
  pending: clock,
  sent: one,
  delivered: two,
  read: two,
  played: two,
  failed: "M11 2.500v6M11 11.500v.1",
  unconfirmed: "M8.500 4.500a2.500 2.500 0 1 1 3.600 2.200c-.8.4-1.100.9-1.100 1.800M11 11.500v.1",
};

/** Ticks draws how far a message has come: clock, one tick, two, two filled; ! and ? where it has not. */
export function Ticks({ state }: { state: DeliveryState }) {
  const { t } = useTranslation();
  return (
    <span
      className={css.ticks}
      data-state={state}
      role="img"
      aria-label={t(`talk.state.${state}`)}
      title={t(`talk.state.${state}`)}
    >
      <svg
        viewBox="0 0 22 14"
        width="18"
        height="12"
        aria-hidden="true"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.800"
        strokeLinecap="round"
      >
        <path d={paths[state]} />
      </svg>
    </span>
  );
}
