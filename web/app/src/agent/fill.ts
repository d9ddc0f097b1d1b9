import type { Interaction } from "@parley/protocol";

/** What a text can stand in for; the server knows the same words nowhere: they are filled in when it is inserted. */
export const variables = [
  "customer.first_name",
  "customer.name",
  "agent.name",
  "queue.name",
  "case.number",
] as const;

type Variable = (typeof variables)[number];
export type Facts = Record<Variable, string>;

/** factsOf is what is known of an interaction; "" is not known. */
export function factsOf(
  i: Pick<Interaction, "customer" | "visitor" | "queue" | "case">,
  me: { display_name: string },
): Facts {
  const name = (i.customer.id ? i.customer.name : i.visitor.name).trim();
  const known = /^\p{L}/u.test(name) ? name : ""; // a number or a handle is no name
  return {
    "customer.first_name": known.split(/\s+/)[0] ?? "",
    "customer.name": known,
    "agent.name": me.display_name,
    "queue.name": i.queue.name,
    "case.number": i.case ? String(i.case.number) : "",
  };
}

const hole = /\{([a-z]+\.[a-z_]+)\}/g;

/** fill puts what is known in its place; what is not stays in its braces, to be seen and filled in. */
export function fill(text: string, facts: Facts): string {
  return text.replace(hole, (whole, name: string) => facts[name as Variable] || whole);
}

/** holeIn finds the first place that is still to be filled in; "" if there is none. */
export function holeIn(text: string): string {
  for (const [whole, name] of text.matchAll(hole)) {
    if ((variables as readonly string[]).includes(name!)) return whole;
  }
  return "";
}
