/**
 * Our words are those of the server: `schema.d.ts` is generated from its
 * OpenAPI document, and a word that differs does not compile here. index.ts is
 * narrower in two things the document does not say: which strings a state can
 * be, and what may be null.
 */
import type * as ours from "./index";
import type { components } from "./schema";

type Theirs = components["schemas"];

/** Wide forgets what the document does not say. */
type Wide<T> = T extends string
  ? string
  : T extends number
    ? number
    : T extends boolean
      ? boolean
      : T extends (infer Item)[]
        ? Wide<NonNullable<Item>>[]
        : T extends object
          ? { [Key in keyof T]: Wide<NonNullable<T[Key]>> }
          : T;

/** Agree is true if each has every field of the other, with the same sort of value. */
type Agree<Ours, Their> =
  Wide<Ours> extends Wide<Their> ? (Wide<Their> extends Wide<Ours> ? true : false) : false;

/** words must all be true. */
export const words: {
  Me: Agree<ours.Me, Theirs["Me"]>;
  Agent: Agree<ours.Agent, Theirs["Agent"]>;
  Interaction: Agree<ours.Interaction, Theirs["Interaction"]>;
  Message: Agree<ours.Message, Theirs["Message"]>;
  Note: Agree<ours.Note, Theirs["Note"]>;
  Event: Agree<ours.Event, Theirs["Event"]>;
  Frame: Agree<ours.Frame, Theirs["Frame"]>;
  Gauges: Agree<ours.Gauges, Theirs["Gauges"]>;
  Typing: Agree<ours.Typing, Theirs["Typing"]>;
  Wire: Agree<ours.Wire, Theirs["Wire"]>;
  Help: Agree<ours.Help, Theirs["AdminHelp"]>;
  Snapshot: Agree<ours.Snapshot, Theirs["Snapshot"]>;
  TransferTargets: Agree<ours.TransferTargets, Theirs["Targets"]>;
  Customer: Agree<ours.Customer, Theirs["Customer"]>;
  Case: Agree<ours.Case, Theirs["Case"]>;
  Talked: Agree<ours.Talked, Theirs["Talked"]>;
  Transcript: Agree<ours.Transcript, Theirs["Transcript"]>;
  Faq: Agree<ours.Faq, Theirs["Answer"]>;
  Canned: Agree<ours.Canned, Theirs["Canned"]>;
  Problem: Agree<ours.Problem, Theirs["Problem"]>;
} = {
  Me: true,
  Agent: true,
  Interaction: true,
  Message: true,
  Note: true,
  Event: true,
  Frame: true,
  Gauges: true,
  Typing: true,
  Wire: true,
  Help: true,
  Snapshot: true,
  TransferTargets: true,
  Customer: true,
  Case: true,
  Talked: true,
  Transcript: true,
  Faq: true,
  Canned: true,
  Problem: true,
};
