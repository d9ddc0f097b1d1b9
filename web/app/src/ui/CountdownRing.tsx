import css from "./CountdownRing.module.css";

interface CountdownRingProps {
  /** Seconds left, and of how many. */
  left: number;
  of: number;
  size?: number;
}

const around = 2 * Math.PI * 15;

/** CountdownRing shows the seconds left, and their share as a ring: never more than all, however late our clock. */
export function CountdownRing({ left, of, size = 36 }: CountdownRingProps) {
  const share = of > 0 ? Math.min(1, Math.max(0, left / of)) : 0;
  return (
    <span className={css.ring} data-late={left <= 10 || undefined}>
      <svg viewBox="0 0 36 36" width={size} height={size} aria-hidden="true">
        <circle cx="18" cy="18" r="15" className={css.rest} />
        <circle
          cx="18"
          cy="18"
          r="15"
          className={css.left}
          strokeDasharray={`${share * around} ${around}`}
          transform="rotate(-90 18 18)"
        />
        <text x="18" y="22" textAnchor="middle" className={css.number}>
          {Math.max(0, Math.ceil(Math.min(left, of)))}
        </text>
      </svg>
    </span>
  );
}
