import { Tooltip } from "@mantine/core";
import { type MouseEvent, type ReactElement, useId } from "react";

/** How a control that cannot be used behaves: it can be reached, says why, and does nothing. */
export interface Barred {
  "aria-disabled"?: true;
  "aria-describedby"?: string;
  "data-disabled"?: true;
  onClick?: (event: MouseEvent) => void;
}

interface WhyProps {
  /** The reason, "" while the control can be used. */
  why: string;
  /** What the tooltip says while there is no reason. */
  label?: string;
  onBarred?: (() => void) | undefined;
  children: (barred: Barred) => ReactElement;
}

/** Why shows the reason a control cannot be used: to a mouse, a finger, the keyboard and a screen reader. */
export function Why({ why, label, onBarred, children }: WhyProps) {
  const id = useId();
  const barred: Barred = why
    ? {
        "aria-disabled": true,
        "aria-describedby": id,
        "data-disabled": true,
        onClick: (e) => {
          e.preventDefault();
          onBarred?.();
        },
      }
    : {};
  return (
    <>
      <Tooltip
        aria-hidden // the span below and the control's own name say it
        label={why && label ? `${label} \u2013 ${why}` : why || label}
        disabled={!why && !label}
        multiline
        maw={280}
      >
        {children(barred)}
      </Tooltip>
      {why && (
        <span id={id} hidden>
          {why}
        </span>
      )}
    </>
  );
}
