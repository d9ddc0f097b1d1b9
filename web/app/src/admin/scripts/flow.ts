import type { Flow, FlowFault, FlowObject, ObjectKind, Words } from "../types";

/** The kinds of objects, in the order they are offered (SCR-02). */
export const kinds = [
  "schedule",
  "online",
  "say",
  "menu",
  "test",
  "crm",
  "set",
  "language",
  "forward",
  "skip",
  "offline",
  "end",
] as const satisfies readonly ObjectKind[];

/** labelMax is how long a label is at most (SCR-02). */
export const labelMax = 21;

/** labelFault says why an object cannot have a label, by the code of the field's sentence; "" if it can. */
export function labelFault(flow: Flow, object: FlowObject, label: string): string {
  if (label === "") return "required";
  if (label !== label.trim() || [...label].length > labelMax) return "bad_label";
  return label !== object.label && objectsOf(flow).some((o) => o.label === label) ? "taken" : "";
}

export const noWords: Words = { en: "", fr: "" };

/** exitsOf names the exits an object has, in their order, as the server does. */
export function exitsOf(object: FlowObject): string[] {
  switch (object.kind) {
    case "schedule": {
      const special = (object.calendar?.special ?? []).map((day) => day.exit);
      return [...new Set(["open", "closed", ...special])];
    }
    case "menu":
      return [...(object.options ?? []).map((_, n) => String(n + 1)), "invalid", "no_answer"];
    case "test":
      return ["yes", "no"];
    case "crm":
      return ["case", "customer", "new"];
    case "forward":
      return ["skip"];
    case "say":
    case "online":
    case "set":
    case "language":
      return ["next"];
    default:
      return [];
  }
}

/** optional reports whether an exit may stay without an object. */
export const optional = (object: FlowObject, exit: string) => object.kind === "forward" && exit === "skip";

/** told are the fields of a contact that only a condition asks for: the rest the preview asks for anyway. */
const told = ["name", "email", "phone", "account_number", "case_number", "question", "previous_interaction"];

/** readBy names what the conditions and texts of a flow read of a contact, besides what everybody has: $plan, email. */
export function readBy(flow: Flow): string[] {
  const named = (o: FlowObject) => [o.text?.en, o.text?.fr].some((text) => text?.includes("{name}"));
  const all = objectsOf(flow).flatMap((o) => [
    ...(o.tests ?? []).map((test) => test.field),
    ...(named(o) ? ["name"] : []),
  ]);
  return [...new Set(all)].filter((field) => told.includes(field) || /^\$[A-Za-z_]\w*$/.test(field));
}

/** fresh is a new object of a kind, with a label nobody has. */
export function fresh(flow: Flow, kind: ObjectKind, name: string): FlowObject {
  const base = { label: free(flow, name), kind, exits: {} };
  switch (kind) {
    case "schedule": {
      const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
      const hours = [1, 2, 3, 4, 5].map((day) => ({ day, from: 540, to: 1020 }));
      return { ...base, calendar: { zone, hours, special: [] } };
    }
    case "menu":
      return { ...base, text: noWords, options: [{ text: noWords }], wait: 600, tries: 1 };
    case "test":
      return { ...base, tests: [{ field: "language", op: "is", value: "fr-CA" }] };
    case "set":
      return { ...base, skills: [], priority: 0 };
    case "language":
      return { ...base, language: "fr-CA" };
    case "forward":
      return { ...base, queue: "", messages: { every: 0, times: 0, texts: [] } };
    case "skip":
    case "offline":
      return { ...base, text: noWords, form: true };
    default:
      return { ...base, text: noWords };
  }
}

/** free is a label nobody has: Menu, Menu 2, Menu 3. */
export function free(flow: Flow, name: string): string {
  const taken = new Set(objectsOf(flow).map((object) => object.label));
  let label = name.slice(0, labelMax);
  for (let n = 2; taken.has(label); n++) label = `${name.slice(0, labelMax - ` ${n}`.length)} ${n}`;
  return label;
}

export const objectsOf = (flow: Flow): FlowObject[] => flow.objects ?? [];

/** put replaces the object at a place. A new label goes into every exit that led to the old one. */
export function put(flow: Flow, at: number, next: FlowObject): Flow {
  const old = objectsOf(flow)[at]?.label ?? "";
  const moved = (label: string) => (label === old ? next.label : label);
  const objects = objectsOf(flow).map((object, n) => {
    const kept = n === at ? next : object;
    if (old === next.label) return kept;
    const exits = Object.entries(kept.exits ?? {}).map(([exit, label]) => [exit, moved(label)]);
    return { ...kept, exits: Object.fromEntries(exits) };
  });
  return { start: moved(flow.start), objects };
}

/** add appends an object, and lets an exit lead to it; the first one is the start. */
export function add(flow: Flow, next: FlowObject, from?: { at: number; exit: string }): Flow {
  const objects = objectsOf(flow).map((object, n) =>
    n === from?.at ? { ...object, exits: { ...object.exits, [from.exit]: next.label } } : object,
  );
  return { start: flow.start || next.label, objects: [...objects, next] };
}

/** without takes an object out; what led to it leads nowhere. */
export function without(flow: Flow, at: number): Flow {
  const gone = objectsOf(flow)[at]?.label;
  const objects = objectsOf(flow)
    .filter((_, n) => n !== at)
    .map((object) => ({
      ...object,
      exits: Object.fromEntries(Object.entries(object.exits ?? {}).filter(([, to]) => to !== gone)),
    }));
  return { start: flow.start === gone ? (objects[0]?.label ?? "") : flow.start, objects };
}

/** restored puts an object that was taken out back in its place; what led to it, and leads nowhere since, leads to it again. */
export function restored(flow: Flow, before: Flow, label: string): Flow {
  const at = objectsOf(before).findIndex((object) => object.label === label);
  const gone = objectsOf(before)[at];
  if (!gone || objectsOf(flow).some((object) => object.label === label)) return flow;
  const led = (name: string) => objectsOf(before).find((object) => object.label === name)?.exits ?? {};
  const objects = objectsOf(flow).map((object) => {
    const lost = Object.entries(led(object.label)).filter(
      ([exit, to]) => to === label && !object.exits?.[exit],
    );
    return lost.length > 0 ? { ...object, exits: { ...object.exits, ...Object.fromEntries(lost) } } : object;
  });
  return {
    start: before.start === label ? label : flow.start,
    objects: [...objects.slice(0, at), gone, ...objects.slice(at)],
  };
}

/** standing are the faults of what was saved that nobody has touched since; a circle may be broken anywhere. */
export function standing(faults: readonly FlowFault[], saved: Flow, draft: Flow): FlowFault[] {
  return faults.filter((fault) => {
    if (!fault.object) return saved.start === draft.start;
    const [was, now] = [saved, draft].map((f) =>
      objectsOf(f).find((object) => object.label === fault.object),
    );
    if (!was || !now || fault.code === "loop") return false;
    if (fault.exit && !exitsOf(now).includes(fault.exit)) return false;
    return JSON.stringify(faulty(was, fault)) === JSON.stringify(faulty(now, fault));
  });
}

/** faulty is what a fault is about: where an exit leads, or what a field says. */
function faulty(object: FlowObject, { exit, field = "" }: FlowFault): unknown {
  if (exit) return object.exits?.[exit];
  if (field === "skills") return [object.skills, object.priority]; // either will do
  const path = field.split(/[.[\]]+/).filter(Boolean);
  return path.reduce<unknown>((part, key) => (part as Record<string, unknown> | undefined)?.[key], object);
}

/** Line is one line of the outline: an object below the exit that leads to it. */
export interface Line {
  exit: string;
  label: string;
  depth: number;
  kind: ObjectKind | null;
  again: boolean;
}

/** outline is the way through a flow as an indented list; an object met again is only named. */
export function outline(flow: Flow): Line[] {
  const byLabel = new Map(objectsOf(flow).map((object) => [object.label, object]));
  const seen = new Set<string>();
  const lines: Line[] = [];
  const walk = (label: string, exit: string, depth: number) => {
    const object = byLabel.get(label);
    const again = seen.has(label);
    lines.push({ exit, label, depth, kind: object?.kind ?? null, again });
    if (!object || again) return;
    seen.add(label);
    for (const name of exitsOf(object)) {
      const to = object.exits?.[name] ?? "";
      if (to || !optional(object, name)) walk(to, name, depth + 1);
    }
  };
  walk(flow.start, "", 0);
  return lines;
}
