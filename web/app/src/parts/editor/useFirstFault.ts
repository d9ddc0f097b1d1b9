import { type RefObject, useEffect, useRef } from "react";

/** useFirstFault is for what holds a form's fields: after a refused save the focus goes to the first that is wrong, in the order they stand (WCAG 3.3.1). */
export function useFirstFault<E extends HTMLElement>(refused: unknown): RefObject<E | null> {
  const form = useRef<E>(null);
  useEffect(() => {
    const field = refused ? form.current?.querySelector<HTMLElement>("[aria-invalid=true]") : null;
    field?.focus();
    field?.scrollIntoView({ block: "center" }); // the head and the bar of Save lie over the edges
  }, [refused]);
  return form;
}
