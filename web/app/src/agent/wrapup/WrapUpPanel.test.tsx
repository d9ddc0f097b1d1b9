import { MantineProvider } from "@mantine/core";
import { act, createElement } from "react";
import { createRoot } from "react-dom/client";
import { expect, test, vi } from "vitest";
import { interaction, me } from "../../live/people";
import { WrapUpPanel } from "./WrapUpPanel";

vi.mock("./DispositionPicker", () => ({ DispositionPicker: () => null }));

const nothing = () => undefined;

test("F033: Continue shows the way out, and the second half of a double click does not take it", async () => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  Object.assign(document, { fonts: new EventTarget() }); // jsdom has neither
  vi.stubGlobal("matchMedia", () => ({
    matches: false,
    addEventListener: nothing,
    removeEventListener: nothing,
  }));
  const finish = vi.fn();
  const box = document.body.appendChild(document.createElement("div"));
  const root = createRoot(box);
  const panel = createElement(WrapUpPanel, {
    interaction: interaction({
      state: "wrapup",
      complete: true,
      lists: [{ id: "l1", name: "Outcome", name_fr: "", required: true, multiple: false, codes: [] }],
    }),
    me: { ...me, wrapup_continue_step: true },
    now: 0,
    note: "",
    onNote: nothing,
    onAddNote: nothing,
    onChoose: nothing,
    onFinish: finish,
    onExtend: nothing,
    onSaveToCrm: nothing,
    onDismiss: nothing,
  });
  await act(async () => root.render(createElement(MantineProvider, null, panel)));
  const press = (detail: number) =>
    act(async () => {
      const last = [...box.querySelectorAll("footer button")].at(-1);
      last?.dispatchEvent(new MouseEvent("click", { bubbles: true, detail }));
    });
  await press(1);
  await press(2);
  expect(finish).not.toHaveBeenCalled();
  await press(1);
  expect(finish).toHaveBeenCalledOnce();
  await act(async () => root.unmount());
});
