import { beforeEach, describe, expect, it, vi } from "vitest";
import { load, type Parley } from "./loader";
import { words } from "./words";

const ours = "https://chat.example";
let parley: Parley;
let root: ShadowRoot;
let frame: HTMLIFrameElement;
let button: HTMLButtonElement;
let told: unknown[];

/** say is a message as it reaches the host page. */
function say(data: unknown, origin = ours, source: unknown = frame.contentWindow): void {
  window.dispatchEvent(new MessageEvent("message", { data, origin, source: source as Window }));
}

beforeEach(() => {
  document.body.replaceChildren();
  document.title = "Shop";
  vi.stubGlobal(
    "CSSStyleSheet",
    class {
      replaceSync() {}
    },
  );
  vi.stubGlobal("requestIdleCallback", () => {});
  parley = load(ours, { entryPoint: "ent_demo", language: "en" });
  root = document.body.lastElementChild!.shadowRoot!;
  frame = root.querySelector("iframe")!;
  button = root.querySelector("button")!;
  told = [];
  const view = { postMessage: (data: unknown, to: string) => told.push([data, to]) };
  Object.defineProperty(frame, "contentWindow", { value: view, configurable: true });
});

describe("the launcher", () => {
  it("opens our frame at our origin, with no token in its address", () => {
    expect(frame.hidden).toBe(true);
    button.click();
    expect(frame.hidden).toBe(false);
    expect(frame.src).toBe(`${ours}/widget/ent_demo#${location.origin}`);
    expect(button.ariaLabel).toBe(words.en.close);
    expect(button.getAttribute("aria-expanded")).toBe("true");
  });

  it("says how much is unread, in its name, its badge and the title", () => {
    say(["parley", "unread", 2]);
    expect(button.ariaLabel).toBe("Open chat, 2 unread");
    expect(root.querySelector("b")!.textContent).toBe("2");
    expect(document.title).toBe("(2) Shop");
    parley("setLanguage", "fr-CA");
    expect(button.ariaLabel).toBe("Ouvrir le clavardage, messages non lus\u00a0: 2"); // right for one too
    say(["parley", "unread", 0]);
    expect(root.querySelector("b")!.hidden).toBe(true);
    expect(document.title).toBe("Shop");
  });

  it("gives the focus back when the window is closed", () => {
    button.click();
    say(["parley", "open", false]);
    expect(frame.hidden).toBe(true);
    expect(root.activeElement).toBe(button);
  });

  it("WEB-07: opens by itself after a reload, and leaves the focus where it is", () => {
    say(["parley", "open", true, true]);
    expect(frame.hidden).toBe(false);
    expect(root.activeElement).toBeNull();
    say(["parley", "open", false]);
    say(["parley", "open", true]);
    expect(root.activeElement).toBe(frame);
  });

  it("LOC-02: speaks the language it is told", () => {
    parley("setLanguage", "fr-CA");
    expect(button.ariaLabel).toBe(words.fr.open);
  });
});

describe("WEB-04: the site's commands", () => {
  it("wait for the frame, then go to our origin only", () => {
    parley("setCustomerInfo", { name: "Marie" });
    expect(told).toEqual([]);
    say(["parley", "ready", ""]);
    expect(told.at(-1)).toEqual([["parley", "setCustomerInfo", { name: "Marie" }], ours]);
    expect(told.every((t) => (t as unknown[])[1] === ours)).toBe(true);
  });

  it("listens to what happens", () => {
    const heard: unknown[] = [];
    parley("on", "end", (detail: unknown) => heard.push(detail));
    say(["parley", "event", "end", { reason: "agent" }]);
    say(["parley", "event", "constructor"]);
    expect(heard).toEqual([{ reason: "agent" }]);
  });
});

describe("A-109: what the host page takes from others", () => {
  it.each([
    ["another origin", ["parley", "open", true], "https://evil.example", undefined],
    ["another window", ["parley", "open", true], ours, window],
    ["another shape", { parley: "open", open: true }, ours, undefined],
    ["a wish that does not exist", ["parley", "navigate", "https://evil.example"], ours, undefined],
    ["a number that is none", ["parley", "unread", "<b>"], ours, undefined],
  ])("%s does nothing", (_, data, origin, source) => {
    say(data, origin, source ?? frame.contentWindow);
    expect(frame.hidden).toBe(true);
    expect(root.querySelector("b")!.hidden).toBe(true);
  });
});
