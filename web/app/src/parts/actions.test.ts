import { createElement } from "react";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import { afterEach, describe, expect, test } from "vitest";
import { type Action, press, showKeys, useActions } from "./actions";
import { prefer } from "./preferences";

const done: string[] = [];
const action = (id: string, ...keys: string[]): Action => ({ id, label: id, keys, run: () => done.push(id) });
const all = [
  action("accept", "F8"),
  action("reply", "r"),
  action("goAgent", "g a"),
  action("third", "alt+3", "g 3"),
  action("palette", "mod+k"),
  action("mute", "Escape"),
];

function Offered() {
  useActions(all);
  return null;
}
let root: ReturnType<typeof createRoot> | undefined;
/** desk shows the actions, and returns a text field beside them. */
function desk() {
  const box = document.body.appendChild(document.createElement("div"));
  root = createRoot(box);
  flushSync(() => root?.render(createElement(Offered)));
  return new Promise<HTMLTextAreaElement>((ready) =>
    setTimeout(() => ready(document.body.appendChild(document.createElement("textarea")))),
  );
}
function hit(key: string, more: KeyboardEventInit = {}, target: HTMLElement = document.body) {
  const e = new KeyboardEvent("keydown", { key, bubbles: true, ...more });
  Object.defineProperty(e, "target", { value: target });
  return press(e);
}
afterEach(() => {
  root?.unmount();
  document.body.replaceChildren();
  done.length = 0;
  prefer({ letters: true });
});

describe("ux 8: three layers of keys", () => {
  test("function keys and those with Ctrl or Alt work in a text field, letters do not", async () => {
    const field = await desk();
    hit("F8", {}, field);
    hit("k", { ctrlKey: true }, field);
    hit("3", { altKey: true, code: "Digit3" }, field);
    hit("r", {}, field);
    hit("Escape", {}, field);
    expect(done).toEqual(["accept", "palette", "third"]);
  });
  test("letters and sequences work outside of fields", async () => {
    await desk();
    hit("r");
    hit("g");
    hit("a");
    hit("g");
    hit("3", { code: "Digit3" });
    expect(done).toEqual(["reply", "goAgent", "third"]);
  });
  test("UX-70: letters can be switched off; Esc and F8 stay", async () => {
    await desk();
    prefer({ letters: false });
    expect(hit("r")).toBe(false);
    hit("Escape");
    hit("F8");
    expect(done).toEqual(["mute", "accept"]);
  });
  test("UX-70: on AZERTY a digit is its key, shifted or not", async () => {
    await desk();
    hit('"', { altKey: true, code: "Digit3" });
    expect(done).toEqual(["third"]);
  });
  test("while an input method composes, or a key is held, nothing happens", async () => {
    await desk();
    hit("F8", { isComposing: true });
    hit("F8", { repeat: true });
    expect(done).toEqual([]);
  });
});

test("keys are written for people", () => {
  expect(showKeys("g a")).toBe("G A");
  expect(showKeys("F8")).toBe("F8");
});
