import { MantineProvider } from "@mantine/core";
import { act } from "react";
import { createRoot } from "react-dom/client";
import { expect, test } from "vitest";
import { Button } from "./Button";

/** shown draws a button in a form and returns it with what was counted. */
async function shown(why: string) {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  window.matchMedia ??= () => ({ matches: false, addEventListener() {}, removeEventListener() {} }) as never;
  const count = { clicks: 0, sent: 0 };
  const box = document.createElement("div");
  document.body.append(box);
  await act(async () =>
    createRoot(box).render(
      <MantineProvider>
        <form
          onSubmit={(e) => {
            e.preventDefault();
            count.sent++;
          }}
        >
          <Button type="submit" why={why} onClick={() => count.clicks++} />
        </form>
      </MantineProvider>,
    ),
  );
  const button = box.querySelector("button") as HTMLButtonElement;
  await act(async () => button.click());
  return { button, count };
}

test("UX-10: a button with a reason can be reached, says it, and does nothing", async () => {
  const { button, count } = await shown("Nothing has changed.");
  expect(button.disabled).toBe(false);
  expect(button.getAttribute("aria-disabled")).toBe("true");
  const told = document.getElementById(button.getAttribute("aria-describedby") ?? "");
  expect(told?.textContent).toBe("Nothing has changed.");
  expect(count).toEqual({ clicks: 0, sent: 0 });
});

test("UX-10: without one it is a button like any other", async () => {
  const { button, count } = await shown("");
  expect(button.hasAttribute("aria-disabled")).toBe(false);
  expect(button.hasAttribute("aria-describedby")).toBe(false);
  expect(count).toEqual({ clicks: 1, sent: 1 });
});
