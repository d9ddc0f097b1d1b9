import { MantineProvider } from "@mantine/core";
import { act } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeAll, expect, it } from "vitest";
import { Link, Router } from "wouter";
import { memoryLocation } from "wouter/memory-location";
import { startWords } from "../../i18n";
import { useGo } from "./useGo";
import { useUnsaved } from "./useUnsaved";

let root: Root;

beforeAll(async () => {
  await startWords("en");
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  window.matchMedia ??= () => ({ matches: false, addEventListener() {}, removeEventListener() {} }) as never;
});
afterEach(() => act(async () => root.unmount()));

function Page({ dirty }: { dirty: boolean }) {
  const warning = useUnsaved(dirty);
  const go = useGo();
  return (
    <>
      <button type="button" id="accept" onClick={() => go("/agent/i/1")} />
      <Link id="link" href="/agent/cases" />
      {warning}
    </>
  );
}

/** opened shows the page as the CRM's panel does, whose addresses begin with /panel. */
async function opened(dirty: boolean) {
  const place = memoryLocation({ path: "/panel/agent/customers/1", record: true });
  const box = document.body.appendChild(document.createElement("div"));
  root = createRoot(box);
  await act(async () =>
    root.render(
      <MantineProvider env="test">
        <Router base="/panel" hook={place.hook}>
          <Page dirty={dirty} />
        </Router>
      </MantineProvider>,
    ),
  );
  const press = (what: Element | null | undefined) =>
    act(async () => {
      what?.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
    });
  const dialog = () => document.querySelector("[role=dialog]");
  const button = (n: number) => dialog()?.querySelectorAll("button:not([aria-label])")[n];
  return { box, press, dialog, button, at: () => place.history.at(-1) };
}

it("UX-43: an accepted offer or a key leaves a page with unsaved changes only after a question", async () => {
  const { box, press, dialog, button, at } = await opened(true);
  await press(box.querySelector("#accept"));
  expect(dialog()).not.toBeNull();
  expect(at()).toBe("/panel/agent/customers/1");
  await press(button(0));
  expect(at()).toBe("/panel/agent/customers/1");
  await press(box.querySelector("#accept"));
  await press(button(1));
  expect(at()).toBe("/panel/agent/i/1");
});

it("UX-43: a link is followed to where it leads, also inside a CRM", async () => {
  const { box, press, button, at } = await opened(true);
  await press(box.querySelector("#link"));
  await press(button(1));
  expect(at()).toBe("/panel/agent/cases");
});

it("UX-43: nothing is asked where nothing was typed", async () => {
  const { box, press, dialog, at } = await opened(false);
  await press(box.querySelector("#accept"));
  expect(dialog()).toBeNull();
  expect(at()).toBe("/panel/agent/i/1");
});
