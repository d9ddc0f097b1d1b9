import { act, createElement } from "react";
import { createRoot } from "react-dom/client";
import { expect, test } from "vitest";
import { day, interaction } from "../live/people";
import { hearAgain, recalled, useAgain } from "./again";

function Hint({ id }: { id: string }) {
  return useAgain(id) ? "again" : "quiet";
}

test("RPL-04: whoever wraps up is told that the customer wrote again, and nobody else", async () => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  const box = document.createElement("div");
  const root = createRoot(box);
  await act(async () => root.render(createElement(Hint, { id: "i1" })));
  expect(box.textContent).toBe("quiet");
  const told = (but: Parameters<typeof interaction>[0]) =>
    act(async () =>
      hearAgain(
        {
          from: 0,
          to: 1,
          events: [{ n: 1, at: day, type: "interaction_created", interaction: interaction(but) }],
        },
        "amy",
      ),
    );
  await told({ state: "queued" });
  await told({ state: "wrapup", agent: { id: "bob", display_name: "Bob" } });
  await told({ state: "wrapup", end_why: "transferred" });
  expect(box.textContent, "XFR-05: a transfer is not the customer writing").toBe("quiet");
  await told({ state: "wrapup" });
  expect(box.textContent).toBe("again");
  expect([...recalled()]).toEqual(["i1"]);
  sessionStorage.setItem("parley.again", "broken");
  expect([...recalled()]).toEqual([]);
  await act(async () => root.unmount());
});
