import { same } from "../parts/editor/merge";
import type { Scope, SettingDef, SettingValue } from "./types";

/** The scopes in the order they are asked; the first that has a value counts. Source: CFG-01. */
const order: readonly Scope[] = ["agent", "group", "queue", "entry_point", "tenant"];

/** Place is where a value is looked for: an id for each scope that applies. */
export type Place = Partial<Record<Scope, string>> & { preset?: string };

/** Found is a value and who set it. */
export type Found = { value: unknown; from: Scope | "preset" | "default" };

/** valueAt returns what a scope itself sets, undefined if nothing. A secret that is set is null. */
export function valueAt(values: readonly SettingValue[], key: string, scope: Scope, id: string): unknown {
  return values.find((v) => v.key === key && v.scope === scope && v.scope_id === id)?.value;
}

/**
 * inherited is what holds below a scope that sets nothing itself: shown beside
 * the field. Which value counts for anybody is the server's to say.
 *
 * Source: CFG-01.
 */
export function inherited(
  def: SettingDef,
  values: readonly SettingValue[],
  scope: Scope,
  place: Place,
): Found {
  const after = order.slice(order.indexOf(scope) + 1).filter((s) => def.scopes.includes(s));
  for (const from of after) {
    const id = from === "tenant" ? "" : place[from];
    if (id === undefined) continue;
    const value = valueAt(values, def.key, from, id);
    if (value !== undefined) return { value, from };
  }
  const preset = place.preset && def.presets?.[place.preset];
  if (preset !== undefined && preset !== "") return { value: preset, from: "preset" };
  return { value: def.default, from: "default" };
}

/** areaOf is the first word of a key: presence of presence.on_reject. */
export function areaOf(key: string): string {
  return key.split(".")[0]!;
}

/** The moments of an interaction stand in their order and first; the rest as it comes. Source: POP-01. */
const moments = ["pop.on_end", "pop.on_accept", "pop.on_offer"];

const byMoment = (a: SettingDef, b: SettingDef) => moments.indexOf(b.key) - moments.indexOf(a.key);

/** areas groups the keys a scope may set, in the order a person thinks of them. */
export function areas(defs: readonly SettingDef[], scope: Scope): { area: string; defs: SettingDef[] }[] {
  const first = [
    "agents",
    "presence",
    "offer",
    "cap",
    "wrapup",
    "autolog",
    "pop",
    "crm",
    "transfer",
    "text",
    "ui",
  ];
  const place = (area: string) => (first.includes(area) ? first.indexOf(area) : first.length);
  const groups = new Map<string, SettingDef[]>();
  for (const def of defs.filter((d) => d.scopes.includes(scope)))
    groups.set(areaOf(def.key), [...(groups.get(areaOf(def.key)) ?? []), def]);
  return [...groups]
    .sort(([a], [b]) => place(a) - place(b) || a.localeCompare(b))
    .map(([area, list]) => ({ area, defs: list.sort(byMoment) }));
}

/** changedSince returns what was changed after `sent` went to the server: a save does not undo it. */
export function changedSince(now: Record<string, unknown>, sent: Record<string, unknown>) {
  return Object.fromEntries(Object.entries(now).filter(([key, v]) => !(key in sent && same(v, sent[key]))));
}
