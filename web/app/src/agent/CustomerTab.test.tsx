import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { startWords } from "../i18n";
import { interaction } from "../live/people";
import { CustomerTab } from "./CustomerTab";
import { forgetDrafts } from "./drafts";

vi.mock("./customer/VisitorFacts", () => ({ VisitorFacts: () => null }));
vi.mock("./Match", () => ({ Match: () => "the record" }));

const nova = interaction({ visitor: { ...interaction().visitor, name: "Nova" } });
let root: Root;
let box: HTMLElement;

/** open shows the tab, as for the first time. */
function open(id: string, { linked = true, popped = true } = {}) {
  box = document.body.appendChild(document.createElement("div"));
  root = createRoot(box);
  act(() =>
    root.render(
      <MantineProvider>
        <QueryClientProvider client={new QueryClient()}>
          <CustomerTab interaction={{ ...nova, id }} popped={popped} onLink={async () => linked} />
        </QueryClientProvider>
      </MantineProvider>,
    ),
  );
}
const close = () => act(() => root.unmount());
const names = () => [...box.querySelectorAll("input")].slice(0, 2).map((field) => field.value);
function type(at: number, text: string) {
  const field = box.querySelectorAll("input")[at]!;
  const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")!.set!;
  act(() => {
    set.call(field, text);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
const press = (name: string) =>
  act(async () => [...box.querySelectorAll("button")].find((b) => b.textContent === name)!.click());

beforeAll(() => startWords("en"));
beforeEach(() => {
  vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
  vi.stubGlobal("matchMedia", () => ({
    matches: false,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }));
  vi.stubGlobal("fetch", async () => new Response(JSON.stringify({ id: "cus_1" }), { status: 201 }));
});
afterEach(() => {
  close();
  forgetDrafts();
  document.body.replaceChildren();
  vi.unstubAllGlobals();
});

test("F028, WRP-03: a new customer who is half typed is there after a look elsewhere, and only in that conversation", () => {
  open("i1");
  expect(names()).toEqual(["Nova", ""]);
  type(1, "Quill");
  close();
  open("i2");
  expect(names()).toEqual(["Nova", ""]);
  close();
  open("i1", { popped: false });
  expect(names()).toEqual(["Nova", "Quill"]);
});

test("F028: it is forgotten when it is cancelled, or made and linked, not while the link is missing", async () => {
  open("i1");
  type(1, "Quill");
  await press("Cancel");
  close();
  open("i1");
  expect(names()).toEqual(["Nova", ""]);
  type(1, "Quill");
  close();
  open("i1", { linked: false });
  await press("Save");
  expect(names()).toEqual(["Nova", "Quill"]);
  close();
  open("i1");
  await press("Save");
  expect(box.textContent).toContain("the record");
  close();
  open("i1");
  expect(names()).toEqual(["Nova", ""]);
});
