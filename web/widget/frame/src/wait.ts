/**
 * backoff returns how long to wait before try `failures` + 1: full jitter, so
 * that a thousand widgets do not come back in the same moment.
 *
 * Unit: milliseconds. Source: R-53 (base 0.5 s, cap 30 s).
 */
export function backoff(failures: number, random = Math.random): number {
  return random() * Math.min(30_000, 500 * 2 ** Math.min(failures, 6));
}

/** Bell ends pauses early, because the cause of waiting may be gone. */
export class Bell {
  private readonly sleepers = new Set<() => void>();

  /** pause returns after `ms`, or at once when the bell rings. */
  pause(ms: number): Promise<void> {
    return new Promise((wake) => {
      const done = () => {
        clearTimeout(timer);
        this.sleepers.delete(done);
        wake();
      };
      const timer = setTimeout(done, ms);
      this.sleepers.add(done);
    });
  }

  ring(): void {
    for (const wake of [...this.sleepers]) wake();
  }
}
