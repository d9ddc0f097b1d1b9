import { expect, test } from "vitest";
import { factsOf, fill, holeIn } from "./fill";

const i = {
  customer: { id: "cus_1", name: "Zoé Léger", account_number: "" },
  visitor: { name: "Somebody" },
  queue: { id: "que_1", name: "Support" },
  case: null,
} as unknown as Parameters<typeof factsOf>[0];
const me = { display_name: "Amy Chen" };

test("FAQ-02: what is known is filled in, what is not stays to be seen", () => {
  const facts = factsOf(i, me);
  expect(
    fill("Hello {customer.first_name}, {agent.name} of {queue.name}; case {case.number}, {no.word}", facts),
  ).toBe("Hello Zoé, Amy Chen of Support; case {case.number}, {no.word}");
  expect(holeIn("case {case.number}")).toBe("{case.number}");
  expect(holeIn("a {no.word} or { customer.name }")).toBe("");
});

test("FAQ-02: a number is no name", () => {
  const unknown = { ...i, customer: { ...i.customer, id: "" }, visitor: { name: "+1 514 555 0134" } };
  expect(factsOf(unknown as typeof i, me)["customer.first_name"]).toBe("");
});
