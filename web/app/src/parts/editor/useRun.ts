import { useRef, useState } from "react";
import { ApiError } from "../../api/client";

/** useRun runs one request at a time, so that a double click is one, and keeps why it was refused. */
export function useRun() {
  const [error, setError] = useState<ApiError | null>(null);
  const [busy, setBusy] = useState(false);
  const running = useRef(false);
  const run = async (
    work: () => Promise<void>,
    onConflict?: (cause: ApiError) => Promise<void>,
  ): Promise<boolean> => {
    if (running.current) return false;
    running.current = true;
    setBusy(true);
    setError(null);
    try {
      await work();
      return true;
    } catch (cause) {
      if (!(cause instanceof ApiError)) throw cause;
      if (cause.code === "conflict" && onConflict) await onConflict(cause).catch(() => setError(cause));
      else setError(cause);
      return false;
    } finally {
      running.current = false;
      setBusy(false);
    }
  };
  return { run, busy, error, forgive: () => setError(null) };
}
