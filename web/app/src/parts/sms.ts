// What a text costs by SMS: the same counting as the server's (sms.go). Both are
// held to testdata/sms.json (CNV-05).

const basic = new Set(
  "@\u00a3$\u00a5\u00e8\u00e9\u00f9\u00ec\u00f2\u00c7\n\u00d8\u00f8\r\u00c5\u00e5" +
    "\u0394_\u03a6\u0393\u039b\u03a9\u03a0\u03a8\u03a3\u0398\u039e\u00c6\u00e6\u00df\u00c9" +
    " !\"#\u00a4%&'()*+,-./0123456789:;<=>?" +
    "\u00a1ABCDEFGHIJKLMNOPQRSTUVWXYZ\u00c4\u00d6\u00d1\u00dc\u00a7" +
    "\u00bfabcdefghijklmnopqrstuvwxyz\u00e4\u00f6\u00f1\u00fc\u00e0",
);
const extension = new Set("\f^{}\\[~]|\u20ac");

/** How a text goes by SMS. */
export interface SmsSize {
  segments: number;
  /** Septets, or UTF-16 code units with `ucs2`. */
  units: number;
  /** A letter is in no GSM alphabet, so that each segment holds less than half. */
  ucs2: boolean;
  /** Where those letters stand. Unit: code points. */
  forcing: number[];
}

/** Counts what a text costs by SMS. */
export function smsSize(text: string): SmsSize {
  const letters = [...text];
  const forcing = letters.flatMap((c, i) => (basic.has(c) || extension.has(c) ? [] : [i]));
  const ucs2 = forcing.length > 0;
  const cost = (c: string) => (ucs2 ? c.length : extension.has(c) ? 2 : 1);
  const units = letters.reduce((sum, c) => sum + cost(c), 0);
  const each = ucs2 ? 67 : 153;
  if (units <= (ucs2 ? 70 : 160)) return { segments: Math.min(1, letters.length), units, ucs2, forcing };
  let segments = 1;
  let full = 0;
  for (const c of letters) {
    full += cost(c);
    if (full > each) {
      segments++;
      full = cost(c); // no letter is cut in two
    }
  }
  return { segments, units, ucs2, forcing };
}
