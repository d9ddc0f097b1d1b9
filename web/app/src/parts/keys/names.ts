import type { T } from "../../i18n";
import { showKeys } from "../actions";
import type { Shortcut } from "../shortcuts";

/** shortcutName says what a shortcut does. */
export function shortcutName(t: T, id: Shortcut): string {
  const nth = /^nth(\d)$/.exec(id)?.[1];
  if (nth) return t("help.keys.nth", { n: nth });
  return t(`help.keys.${id as Exclude<Shortcut, `nth${number}`>}`);
}

/** keysText writes the keys of a shortcut in words. */
export function keysText(t: T, keys: readonly string[]): string {
  const [one, other] = keys.map(showKeys);
  if (!one) return t("help.none");
  return other ? t("help.or", { one, other }) : one;
}
