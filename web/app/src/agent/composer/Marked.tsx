import { type RefObject, useLayoutEffect, useRef } from "react";
import { splitAt } from "../text";
import css from "./Composer.module.css";

interface MarkedProps {
  text: string;
  /** From where on it is too long. Unit: code points. */
  limit: number;
  /** Letters to underline: they make an SMS cost more. Unit: code points. */
  wide: number[];
  field: RefObject<HTMLTextAreaElement | null>;
}

/** Marked lies behind the field, scrolled like it, and marks what does not fit or costs more. */
export function Marked({ text, limit, wide, field }: MarkedProps) {
  const behind = useRef<HTMLDivElement>(null);
  const [fits, over] = splitAt(text, limit);
  useLayoutEffect(() => {
    const e = field.current;
    if (!e) return;
    const follow = () => {
      if (behind.current) behind.current.scrollTop = e.scrollTop;
    };
    follow();
    e.addEventListener("scroll", follow);
    return () => e.removeEventListener("scroll", follow);
  });
  return (
    <div ref={behind} className={css.excess} aria-hidden="true" dir="auto">
      {piecesOf(fits, wide).map((piece, n) => (piece.wide ? <u key={n}>{piece.text}</u> : piece.text))}
      {over && <mark>{over}</mark>}
    </div>
  );
}

/** piecesOf cuts a text into what is underlined and what is not. */
function piecesOf(text: string, wide: number[]): { text: string; wide: boolean }[] {
  const marked = new Set(wide);
  const all: { text: string; wide: boolean }[] = [];
  for (const [n, letter] of [...text].entries()) {
    const last = all.at(-1);
    if (last?.wide === marked.has(n)) last.text += letter;
    else all.push({ text: letter, wide: marked.has(n) });
  }
  return all;
}
