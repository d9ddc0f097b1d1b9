import { act, createElement } from "react";
import { createRoot } from "react-dom/client";
import { expect, it } from "vitest";
import { opensFor, popOf, useLogPop } from "./pop";

function Talk({ due, typing, open }: { due: boolean; typing: boolean; open: () => void }) {
  useLogPop(due, typing, open);
  return null;
}

/** told shows a conversation and what becomes of it. Returns after which the log opened. */
async function told(...steps: [due: boolean, typing: boolean][]): Promise<number[]> {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  const root = createRoot(document.createElement("div"));
  const opened: number[] = [];
  for (const [n, [due, typing]] of steps.entries())
    await act(async () => root.render(createElement(Talk, { due, typing, open: () => opened.push(n) })));
  await act(async () => root.unmount());
  return opened;
}

it("the log opens once, when the conversation has ended, not when it is opened later (CRM-10)", async () => {
  expect(await told([false, false], [true, false], [false, false], [true, false])).toEqual([1]);
  expect(await told([true, false], [true, false])).toEqual([]);
});

it("the log waits while a new customer is typed (CRM-10, E29, F028)", async () => {
  expect(await told([false, true], [true, true], [true, false], [true, true], [true, false])).toEqual([2]);
  expect(await told([true, true], [true, false])).toEqual([]);
});

it("the queue's rule says how a log opens, else the center's; auto goes by the link (CRM-10, F038, F040, F041)", () => {
  const me = { autolog: { enabled: true, pop: "edit" as const } };
  expect([popOf({ log_pop: "none" }, me), popOf({ log_pop: "" }, me)]).toEqual(["none", "edit"]);
  expect([
    opensFor("auto", true),
    opensFor("auto", false),
    opensFor("view", false),
    opensFor("edit", true),
  ]).toEqual(["view", "edit", "view", "edit"]);
});
