import i18next from "i18next";
import { createElement } from "react";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import { afterEach, describe, expect, test } from "vitest";
import { type Action, press, showKeys, useActions } from "./actions";
import { prefer } from "./preferences";
import { clashOf, groups, keysOf, refusalOf, type Shortcut, usual, withKey, workingKeys } from "./shortcuts";

const done: string[] = [];
const action = (id: string): Action => ({ id, label: id, run: () => done.push(id) });
const all = [...Object.keys(usual), "mute"].map(action);

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
  prefer({ letters: true, keys: {} });
});

describe("ux 8: three layers of keys", () => {
  test("function keys and those with Ctrl or Alt work in a text field, letters do not", async () => {
    const field = await desk();
    hit("F8", {}, field);
    hit("k", { ctrlKey: true }, field);
    hit("3", { altKey: true, code: "Digit3" }, field);
    hit("r", {}, field);
    hit("Escape", {}, field);
    expect(done).toEqual(["accept", "palette", "nth3"]);
  });
  test("UX-70: behind an open dialog letters do nothing, function keys do", async () => {
    await desk();
    const dialog = document.body.appendChild(document.createElement("section"));
    dialog.setAttribute("aria-modal", "true");
    const card = dialog.appendChild(document.createElement("button"));
    for (const key of ["b", "o", "e", "j", ".", "Escape", "F8"]) hit(key, {}, card);
    expect(done).toEqual(["accept"]);
    hit("b");
    expect(done).toEqual(["accept", "break"]);
  });
  test("letters and sequences work outside of fields", async () => {
    await desk();
    hit("r");
    hit("g");
    hit("a");
    hit("g");
    hit("3", { code: "Digit3" });
    expect(done).toEqual(["reply", "go-workspace", "nth3"]);
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
    expect(done).toEqual(["nth3"]);
  });
  test("while an input method composes, or a key is held, nothing happens", async () => {
    await desk();
    hit("F8", { isComposing: true });
    hit("F8", { repeat: true });
    expect(done).toEqual([]);
  });
});

/** What a French keyboard sends for a key as shortcuts write it: its digits need Shift, and letters stand elsewhere. */
function azerty(key: string): KeyboardEventInit & { key: string } {
  const plain = key.replace(/^(mod|alt|shift)\+/, "");
  const digits: Record<string, string> = { 1: "&", 2: "é", 3: '"', 4: "'", 5: "(", 6: "-" };
  const places: Record<string, string> = { a: "KeyQ", w: "KeyZ", "?": "KeyM", ".": "Comma", "/": "Period" };
  return {
    key: digits[plain] ?? plain,
    code: digits[plain] ? `Digit${plain}` : (places[plain] ?? `Key${plain.toUpperCase()}`),
    ctrlKey: key.startsWith("mod+"),
    altKey: key.startsWith("alt+"),
    shiftKey: key.startsWith("shift+") || "?./".includes(plain),
  };
}

describe("UX-70: keys of one's own", () => {
  test("on AZERTY every documented key works", async () => {
    await desk();
    const ids = groups.flatMap(([, ids]) => ids as readonly Shortcut[]);
    expect([...ids].sort()).toEqual(Object.keys(usual).sort());
    for (const id of ids)
      for (const keys of usual[id]) {
        done.length = 0;
        for (const key of keys.split(" ")) hit(azerty(key).key, azerty(key));
        expect([keys, ...done]).toEqual([keys, id]);
      }
  });
  test("every shortcut can have another key; its usual one then does nothing", async () => {
    await desk();
    for (const id of Object.keys(usual) as Shortcut[]) {
      prefer({ keys: { [id]: "alt+q" } });
      done.length = 0;
      hit("q", { altKey: true });
      for (const key of usual[id][0].split(" ")) hit(azerty(key).key, azerty(key));
      expect(done.filter((d) => d === id)).toEqual([id]);
    }
  });
  test("a pair of keys and a letter can be chosen; switched off, the letter is not shown either", async () => {
    await desk();
    prefer({ keys: { transfer: "g x", end: "x" } });
    hit("g");
    hit("x");
    hit("x");
    expect(done).toEqual(["transfer", "end"]);
    prefer({ letters: false });
    expect([workingKeys("end"), workingKeys("nth3"), workingKeys("accept")]).toEqual([[], ["alt+3"], ["F8"]]);
  });
  test("a key that is taken changes hands, and back again", () => {
    expect(clashOf("end", "t", {})).toBe("transfer");
    expect(clashOf("transfer", "t", {})).toBeUndefined();
    const swapped = withKey({}, "end", "t");
    expect(swapped).toEqual({ end: "t", transfer: "e" });
    expect([keysOf("end", swapped), keysOf("transfer", swapped)]).toEqual([["t"], ["e"]]);
    expect(withKey(swapped, "transfer", "t")).toEqual({});
    expect(withKey({}, "nth1", "x")).toEqual({ nth1: "x" });
  });
  test("what the browser, texts and AltGr need cannot be chosen", () => {
    for (const key of [
      "mod+t",
      "mod+c",
      "F5",
      "F12",
      "Escape",
      "Enter",
      "Tab",
      "shift+ArrowUp",
      "g Enter",
      "meta+v",
      "alt+F4",
      " ",
    ])
      expect([key, refusalOf("end", key)]).toEqual([key, "kept"]);
    expect(refusalOf("end", "mod+alt+e")).toBe("altGr");
    expect([
      refusalOf("faq", "q"),
      refusalOf("faq", "?"),
      refusalOf("faq", "alt+q"),
      refusalOf("end", "q"),
    ]).toEqual(["typed", "", "", ""]);
    for (const [id, keys] of Object.entries(usual))
      for (const key of keys) expect([key, refusalOf(id as Shortcut, key)]).toEqual([key, ""]);
  });
  test("a letter with the key of Windows is that of Windows", async () => {
    await desk();
    expect(hit("v", { metaKey: true })).toBe(false);
    expect(done).toEqual([]);
  });
});

test("keys are written for people", () => {
  expect(showKeys("g a")).toBe("G A");
  expect(showKeys("F8")).toBe("F8");
  const before = i18next.language;
  i18next.language = "fr-CA";
  expect(showKeys("shift+Enter")).toBe("Maj Enter");
  i18next.language = before;
});
