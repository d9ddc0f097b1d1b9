import { afterEach, expect, test, vi } from "vitest";
import { interaction, me, snapshot } from "../live/people";
import { fromSnapshot } from "../live/reduce";
import { draftOf, forgetDrafts, setDraft } from "./drafts";
import { keepNotes } from "./notes";

const live = (...all: Parameters<typeof interaction>[0][]) =>
  fromSnapshot(snapshot({ interactions: all.map((but) => interaction(but)) }));
const wrapping = (id: string) => ({ id, state: "wrapup" as const });

afterEach(forgetDrafts);

test("WRP-03: a note that stood unsaved when the wrap-up ended is kept, once for all tabs", () => {
  const id = "int_01a1fab31fc97ac99048ff2a44319b42";
  setDraft(`${id}#note`, " She calls back. ");
  setDraft(id, "an answer never sent");
  const send = vi.fn();
  keepNotes(live(wrapping(id)), live(), { send });
  const note = { interaction: id, conversation: "", text: "She calls back." };
  expect(send.mock.calls).toEqual([[note, "01a1fab3-1fc9-7ac9-9048-ff2a44319b42"]]);
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
