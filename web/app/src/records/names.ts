import type { Customer, PersonRef, Ref } from "@parley/protocol";

/** fullName is a customer's name; "" if both parts are empty. */
export function fullName(customer: Pick<Customer, "first_name" | "last_name">): string {
  return `${customer.first_name} ${customer.last_name}`.trim();
}

/** nameOf reads the name of a thing or a person that comes whole, as a word, or not at all. */
export function nameOf(thing: Ref | PersonRef | string | null | undefined): string {
  if (!thing) return "";
  if (typeof thing === "string") return thing;
  return "display_name" in thing ? thing.display_name : thing.name;
}

/** listOf reads what was typed into a field that holds several: one per line or comma. */
export function listOf(text: string): string[] {
  return [...new Set(text.split(/[\n,;]+/).map((part) => part.trim()))].filter((part) => part !== "");
}
