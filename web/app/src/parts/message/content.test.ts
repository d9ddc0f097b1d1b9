import { readFileSync } from "node:fs";
import type { Attachment, Content } from "@parley/protocol";
import i18next from "i18next";
import { beforeAll, describe, expect, test } from "vitest";
import type { T } from "../../i18n";
import { setLanguage, startWords } from "../../i18n";
import { words as en } from "../../i18n/en";
import { message } from "../../live/people";
import {
  authorOf,
  automatic,
  fieldValue,
  fileSize,
  placeHref,
  previewOf,
  reacted,
  shapeOf,
  shownText,
  unshown,
} from "./content";

const said = (text: string, content: Partial<Content>) =>
  message(1, { text, content: { kind: "text", ...content } });

const read = (path: string) => readFileSync(`../../${path}`, "utf8");

describe("what a message shows", () => {
  let t: T;
  beforeAll(async () => {
    await startWords("en");
    t = i18next.t as T;
  });

  test("CNV-02: every class of failure has its reason in words", () => {
    const codes = [...read("internal/channel/channel.go").matchAll(/Code\s+= "(\w+)"|^\t\w+\s+= "(\w+)"/gm)];
    const list = read("internal/channel/channel.go").split("// The classes.")[1]!.split(")\n")[0]!;
    const all = [...list.matchAll(/= "(\w+)"/g)].map((m) => m[1]!);
    expect(codes.length).toBeGreaterThan(0);
    expect(all.length).toBe(19);
    expect(all.filter((code) => !(code in en.talk.reason))).toEqual([]);
  });
  test("API-01: what a bot said is not an agent's", () => {
    const by = (sender: "agent" | "system" | "customer", agent = message(1).agent) =>
      authorOf(t, { ...message(1), sender, agent }, "Zoe");
    expect([by("customer"), by("system"), by("agent", null)]).toEqual([
      "Zoe",
      "Automatic",
      "Bot or another app",
    ]);
    expect(by("agent", { id: "agt_amy", display_name: "Amy" })).toBe("Amy");
  });
  test("SMS-05: every kind of content has its name", () => {
    const list = read("inbound.go").split("// The kinds of content.")[1]!.split(")\n")[0]!;
    const all = [...list.matchAll(/= "(\w+)"/g)].map((m) => m[1]!);
    expect(all.length).toBe(17);
    expect(all.filter((kind) => !(kind in en.talk.kind))).toEqual([]);
  });
  test("LOC-01: where an advertisement's reader came from is a word, a name of the network's stays", () => {
    expect(fieldValue(t, { name: "source_type", value: "ADS" })).toBe("Advertisement");
    expect(fieldValue(t, { name: "source_type", value: "SHORTLINK" })).toBe("SHORTLINK");
    expect(fieldValue(t, { name: "headline", value: "ad" })).toBe("ad");
  });
  test("A-118: where words were erased the reader's own language says so", () => {
    const told: typeof t = ((key: string) => key) as typeof t;
    for (const c of [{}, { kind: "text" as const }]) {
      expect(shownText(told, said("[erased]", c))).toBe("talk.erased");
      expect(previewOf(told, said("[erased]", c))).toBe("talk.erased");
    }
  });
  test("a picture has a word for the list, with its caption if it has one", () => {
    expect(previewOf(t, said("", { kind: "image" }))).toBe("Picture");
    expect(previewOf(t, said("my bill", { kind: "image" }))).toBe("Picture: my bill");
    const files = [{ id: "a", kind: "document", name: "bill.pdf", state: "ready" } as const];
    expect(previewOf(t, said("", { kind: "document", files }))).toBe("bill.pdf");
  });
  test("SMS-05: what cannot be shown says why; an unknown reason has words too", () => {
    expect(previewOf(t, said("", { kind: "placeholder", note: "encrypted" }))).toBe(en.talk.note.encrypted);
    expect(previewOf(t, said("", { kind: "placeholder", note: "new_thing" }))).toBe(en.talk.note.unsupported);
    expect(previewOf(t, said("the text", { kind: "placeholder", note: "unsupported" }))).toBe("the text");
  });
  test("an edited message shows its newest words, one taken back none", () => {
    expect(shownText(t, said("helo", { edited: "hello" }))).toBe("hello");
    expect(shownText(t, said("\u202eevil\u202c, \u05e9\u05dc\u05d5\u05dd", {}))).toBe(
      "evil\u202c, \u05e9\u05dc\u05d5\u05dd",
    );
    expect(
      previewOf(t, said("\u202dno", { kind: "document", files: [{ name: "a\u202egpj.exe" } as Attachment] })),
    ).toBe("agpj.exe: no");
    expect(previewOf(t, said("secret", { revoked_at: 5 }))).not.toContain("secret");
  });
  test("a place is a card, not its words again, and asks nobody for a map", () => {
    const location = { latitude: 45.5, longitude: -73.57, name: "Montreal" };
    expect(shownText(t, said("Montreal", { kind: "location", location }))).toBe("");
    expect(placeHref(location)).toBe("geo:45.5,-73.57");
  });
  test("the center's own texts are told from system lines", () => {
    expect(automatic(message(1, { sender: "system", text: "agent_joined" }))).toBe(false);
    expect(automatic({ ...said("We open at nine.", { note: "auto_reply" }), sender: "system" })).toBe(true);
  });
  test("A-075: only what the server shows in its place is drawn", () => {
    const file = (type: string) => ({ id: "a", kind: "image", state: "ready", type }) as const;
    expect(shapeOf(file("image/png"))).toBe("picture");
    expect(shapeOf(file("image/svg+xml"))).toBe("paper");
    expect(shapeOf(file("audio/ogg"))).toBe("sound");
  });
  test("reactions count each emoji once", () => {
    const by = { by: "customer", at: 1 };
    const reactions = [
      { emoji: "👍", ...by },
      { emoji: "❤️", ...by },
      { emoji: "👍", ...by },
    ];
    expect(reacted({ kind: "text", reactions })).toEqual([
      { emoji: "👍", count: 2 },
      { emoji: "❤️", count: 1 },
    ]);
    const failed = { emoji: "😮", by: "agent", at: 2, failed: "bad_request" };
    expect(reacted({ kind: "text", reactions: [failed] })).toEqual([]);
    expect(unshown({ kind: "text", reactions: [...reactions, failed] })).toEqual(failed);
  });
  test("LOC-01: sizes are written as the language does", async () => {
    expect(fileSize(25 << 20)).toBe("25 MB");
    expect(fileSize(16 << 20)).toBe("16 MB");
    expect(fileSize(100 << 10)).toBe("100 kB");
    await setLanguage("fr-CA");
    expect(fileSize(1.5 * (1 << 20)).replace(/\s/g, " ")).toBe("1,5 Mo");
    expect(fileSize(25 << 20).replace(/\s/g, " ")).toBe("25 Mo");
  });
});
