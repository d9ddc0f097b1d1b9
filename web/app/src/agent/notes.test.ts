import { act, createElement } from "react";
import { createRoot } from "react-dom/client";
import { afterEach, expect, test, vi } from "vitest";
import { interaction, me, snapshot } from "../live/people";
import type { Live } from "../live/reduce";
import { fromSnapshot } from "../live/reduce";
import { draftOf, forgetDrafts, setDraft } from "./drafts";
import { keepLateNotes, keepNotes, useNotes } from "./notes";

const world = vi.hoisted(() => ({
  live: null as Live | null,
  tell: (): void => undefined,
  send: vi.fn(),
}));
vi.mock("../live/floor", () => ({
  floor: {
    get: () => world,
    subscribe(listener: () => void) {
      world.tell = listener;
      return () => true;
    },
  },
  outbox: { send: world.send },
}));

const live = (...all: Parameters<typeof interaction>[0][]) =>
  fromSnapshot(snapshot({ interactions: all.map((but) => interaction(but)) }));
const wrapping = (id: string) => ({ id, state: "wrapup" as const });

function App() {
  useNotes();
  return null;
}

const id = "int_01a1fab31fc97ac99048ff2a44319b42";
const uuid = "01a1fab3-1fc9-7ac9-9048-ff2a44319b42";

afterEach(() => {
  forgetDrafts();
  vi.unstubAllGlobals();
});

test("WRP-03: a note that stood unsaved when the wrap-up ended is kept, once for all tabs", () => {
  setDraft(`${id}#note`, " She calls back. ");
  setDraft(id, "an answer never sent");
  const send = vi.fn();
  keepNotes(live(wrapping(id)), live(), { send });
  const note = { interaction: id, conversation: "", text: "She calls back." };
  expect(send.mock.calls).toEqual([[note, uuid]]);
  expect(draftOf(`${id}#note`, "")).toBe("");
  keepNotes(live(wrapping(id)), live(), { send });
  expect(send).toHaveBeenCalledOnce();
});

test("WRP-03: notes of what goes on, of colleagues, and empty ones stay where they are", () => {
  for (const id of ["i1", "i2", "i3", "i4"]) setDraft(`${id}#note`, id === "i4" ? " " : "Later.");
  const send = vi.fn();
  const colleague = { ...wrapping("i3"), agent: { id: "bob", display_name: "Bob" } };
  keepNotes(
    live(wrapping("i1"), { id: "i2", state: "active" }, colleague, wrapping("i4")),
    live(wrapping("i1")),
    { send },
  );
  expect(me.id).not.toBe("bob");
  expect(send).not.toHaveBeenCalled();
});

test("WRP-03: whatever tells that the wrap-up is over, a frame or a snapshot, the note is kept", async () => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  setDraft(`${id}#note`, "She calls back.");
  world.live = live(wrapping(id));
  const root = createRoot(document.createElement("div"));
  await act(async () => root.render(createElement(App)));
  world.tell();
  expect(world.send).not.toHaveBeenCalled();
  world.live = live();
  world.tell();
  world.tell();
  const note = { interaction: id, conversation: "", text: "She calls back." };
  expect(world.send.mock.calls).toEqual([[note, uuid]]);
  await act(async () => root.unmount());
});

test("WRP-03: the note of a wrap-up that ended while the tab was closed is kept at the next start", async () => {
  const bob = { id: "bob", display_name: "Bob" };
  const kept: Record<string, Parameters<typeof interaction>[0]> = {
    [id]: { state: "logged" },
    i2: { state: "logged", agent: bob },
    i3: { state: "active", agent: bob },
  };
  vi.stubGlobal("fetch", async (address: string) => {
    const found = kept[address.split("/").at(-1)!];
    return new Response(JSON.stringify(found ? { interaction: interaction(found) } : {}), {
      status: found ? 200 : 404,
    });
  });
  for (const one of [id, "i2", "i3", "i4", "i5"]) setDraft(`${one}#note`, "She calls back.");
  const send = vi.fn();
  await keepLateNotes(live(wrapping("i5")), { send });
  const note = { interaction: id, conversation: "", text: "She calls back." };
  expect(send.mock.calls).toEqual([[note, uuid]]);
  expect([draftOf(`${id}#note`, ""), draftOf("i2#note", ""), draftOf("i5#note", "")]).toEqual([
    "",
    "She calls back.",
    "She calls back.",
  ]);
});
