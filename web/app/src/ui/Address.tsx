import { Fragment } from "react";

/** Address shows an e-mail or web address that may be longer than its place: a line ends behind a mark, not inside a word or before the last few letters. */
export function Address({ of }: { of: string }) {
  const parts = of.match(/[^@./?&=]*[@./?&=]+([^@./?&=]{1,4}$)?|[^@./?&=]+$/g) ?? [];
  return parts.map((part, n) => (
    <Fragment key={n}>
      {n > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}
