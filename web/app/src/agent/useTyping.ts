import { useEffect, useRef } from "react";

/** How often "typing" is repeated, and after which pause it stops. Unit: milliseconds. Source: CNV-06. */
const every = 3_000;
const pause = 5_000;

/** useTyping tells the other side that one types; call it with each new text. */
export function useTyping(interaction: string, tell: (typing: boolean) => void): (text: string) => void {
  const state = useRef({ at: 0, timer: undefined as ReturnType<typeof setTimeout> | undefined, tell });
  state.current.tell = tell;
  // biome-ignore lint/correctness/useExhaustiveDependencies: leaving a conversation stops typing in it
  useEffect(() => {
    const s = state.current;
    return () => {
      clearTimeout(s.timer);
      if (s.at > 0) s.tell(false);
      s.at = 0;
    };
  }, [interaction]);
  return (text) => {
    const s = state.current;
    clearTimeout(s.timer);
    const stop = () => {
      if (s.at > 0) s.tell(false);
      s.at = 0;
    };
    if (text === "") return stop();
    if (Date.now() - s.at > every) {
      s.at = Date.now();
      s.tell(true);
    }
    s.timer = setTimeout(stop, pause);
  };
}
