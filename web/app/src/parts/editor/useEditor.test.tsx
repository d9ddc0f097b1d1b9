import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act } from "react";
import { createRoot } from "react-dom/client";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Editor, type Start, useEditor } from "./useEditor";

type Skill = { id: string; rev: number; name: string; about: string };
const french: Skill = { id: "skl_1", rev: 1, name: "French", about: "" };

/** A server that keeps one skill and counts its versions, as ours does. */
function server(kept: Skill) {
  const calls: string[] = [];
  const answer = (status: number, body: unknown) => new Response(JSON.stringify(body), { status });
  vi.stubGlobal("fetch", async (address: string, init: RequestInit) => {
    calls.push(`${init.method} ${address}`);
    if (init.method === "GET") return answer(200, kept);
    if (init.method === "DELETE") return new Response(null, { status: 204 });
    const sent = JSON.parse(String(init.body)) as Skill;
    if (init.method === "POST") return answer(201, { id: "skl_2" });
    if (sent.name === "")
      return answer(422, { code: "invalid", errors: [{ field: "name", code: "required" }] });
    if (sent.rev !== kept.rev) return answer(409, { code: "conflict" });
    Object.assign(kept, sent, { rev: kept.rev + 1 });
    return new Response(null, { status: 204 });
  });
  return { calls, kept };
}

type Seen = { editor: Editor<Skill>; made: string[]; removed: number };

function Form({ saved, seen, start }: { saved: Skill; seen: Seen; start: Start<Skill> | null }) {
  seen.editor = useEditor<Skill>({
    path: "/api/admin/skills",
    saved,
    start,
    root: ["admin"],
    onMade: (id) => seen.made.push(id),
    onRemoved: () => seen.removed++,
  });
  return null;
}

function open(saved: Skill, start: Start<Skill> | null = null): Seen {
  const seen: Seen = { editor: null!, made: [], removed: 0 };
  const root = createRoot(document.createElement("div"));
  act(() =>
    root.render(
      <QueryClientProvider client={new QueryClient()}>
        <Form saved={saved} seen={seen} start={start} />
      </QueryClientProvider>,
    ),
  );
  return seen;
}

beforeEach(() => vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true));
afterEach(() => vi.unstubAllGlobals());

describe("an editor", () => {
  it("saves, and then holds what the server has", async () => {
    const { kept } = server({ ...french });
    const form = open(french);
    act(() => form.editor.set({ name: "Français" }));
    expect(form.editor.dirty).toBe(true);
    await act(() => form.editor.save());
    expect(kept).toMatchObject({ name: "Français", rev: 2 });
    expect(form.editor).toMatchObject({ dirty: false, done: true, draft: { rev: 2 } });
  });

  it("keeps what is typed while it is being saved, and knows that it is not saved", async () => {
    const { kept } = server({ ...french });
    const form = open(french);
    act(() => form.editor.set({ name: "Fran\u00e7ais" }));
    await act(async () => {
      const saving = form.editor.save();
      form.editor.set({ about: "typed meanwhile" });
      await saving;
    });
    expect(kept).toMatchObject({ name: "Fran\u00e7ais", about: "", rev: 2 });
    expect(form.editor).toMatchObject({
      dirty: true,
      draft: { name: "Fran\u00e7ais", about: "typed meanwhile", rev: 2 },
    });
    await act(() => form.editor.save());
    expect(kept).toMatchObject({ about: "typed meanwhile", rev: 3 });
  });

  it("keeps what was typed when it is refused, and says which field", async () => {
    server({ ...french });
    const form = open(french);
    act(() => form.editor.set({ name: "", about: "typed" }));
    await act(() => form.editor.save());
    expect(form.editor.error?.fields).toEqual([{ field: "name", code: "required" }]);
    expect(form.editor.draft.about).toBe("typed");
  });

  it("UX-43: a save of an old version overwrites nothing; it asks, and saves both", async () => {
    const { kept } = server({ ...french, rev: 5, name: "French (Canada)", about: "theirs" });
    const form = open(french);
    act(() => form.editor.set({ name: "Français" }));
    await act(() => form.editor.save());
    expect(kept.name).toBe("French (Canada)");
    expect(form.editor.conflict?.map((c) => [c.field, c.clash])).toEqual([
      ["name", true],
      ["about", false],
    ]);
    await act(() => form.editor.settle(new Set()));
    expect(kept).toMatchObject({ name: "Français", about: "theirs", rev: 6 });
    expect(form.editor.conflict).toBeNull();
  });

  it("UX-43: what was typed on an old version, days ago, overwrites nothing either; discarded, it gives way", async () => {
    const theirs = { ...french, rev: 5, about: "theirs" };
    const { kept } = server({ ...theirs });
    const start = { base: french, draft: { ...french, about: "mine" } };
    const form = open(theirs, start);
    expect(form.editor).toMatchObject({ dirty: true, base: french, draft: { about: "mine" } });
    await act(() => form.editor.save());
    expect(kept.about).toBe("theirs");
    expect(form.editor.conflict?.map((c) => [c.field, c.clash])).toEqual([["about", true]]);
    const again = open(theirs, start);
    act(() => again.editor.reset());
    expect(again.editor).toMatchObject({ dirty: false, draft: theirs });
  });

  it("UX-43: giving way everywhere saves nothing", async () => {
    const { calls, kept } = server({ ...french, rev: 5, name: "French (Canada)" });
    const form = open(french);
    act(() => form.editor.set({ name: "Français" }));
    await act(() => form.editor.save());
    const before = calls.length;
    await act(() => form.editor.settle(new Set(["name"])));
    expect(calls.length).toBe(before);
    expect(kept.rev).toBe(5);
    expect(form.editor).toMatchObject({ dirty: false, draft: { name: "French (Canada)" } });
  });

  it("makes a new one by POST, once for two presses", async () => {
    const { calls } = server({ ...french });
    const form = open({ ...french, id: "", rev: 0 });
    const { save } = form.editor;
    await act(() => Promise.all([save(), save()]));
    expect(calls).toEqual(["POST /api/admin/skills"]);
    expect(form.made).toEqual(["skl_2"]);
  });

  it("asks no more for what it removed", async () => {
    const { calls } = server({ ...french });
    const form = open(french);
    await act(() => form.editor.remove());
    expect(calls).toEqual(["DELETE /api/admin/skills/skl_1"]);
    expect(form.removed).toBe(1);
  });
});
