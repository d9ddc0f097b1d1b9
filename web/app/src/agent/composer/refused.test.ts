import type { Composer } from "@parley/protocol";
import i18next from "i18next";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { setLanguage, startWords, type T } from "../../i18n";
import type { Upload } from "../uploads";
import { refusedText, takes } from "./refused";

const t = i18next.t as T;
const whatsapp = {
  file_types: ["image/jpeg", "image/png", "application/pdf"],
  file_max: 100 << 20,
} as Composer;
const film = { file_sizes: { video: 16 << 20 }, ...whatsapp } as Composer;
const upload = (code: string, data: object = {}, type = ""): Upload => ({
  ...{ key: "k", name: "x", type, size: 1, done: 0, file: null, code },
  data: { ...data },
});

describe("CNV-07: a file that cannot go", () => {
  beforeAll(() => startWords("en"));
  beforeEach(() => setLanguage("en"));
  test("a type: the network by its name, and what it takes", () => {
    expect(refusedText(t, upload("file_not_allowed", { why: "type" }), "whatsapp", whatsapp)).toBe(
      "WhatsApp does not take files of this kind. It takes: JPEG, PNG, PDF.",
    );
    expect(refusedText(t, upload("file_not_allowed"), "facebook", { ...whatsapp, file_types: [] })).toBe(
      "Facebook Messenger does not take files of this kind.",
    );
  });
  test("a picture that cannot be read is not the network's fault", () => {
    expect(refusedText(t, upload("file_not_allowed", { why: "broken" }), "whatsapp", whatsapp)).toBe(
      "This picture cannot be read. The file is damaged.",
    );
  });
  test("a size: as the network counts it", async () => {
    expect(refusedText(t, upload("too_large", {}, "video/mp4"), "whatsapp", film)).toBe(
      "WhatsApp takes files of this kind up to 16 MB.",
    );
    expect(refusedText(t, upload("too_large", { limit: 5 << 20 }), "whatsapp", film)).toContain("5 MB");
    expect(refusedText(t, upload("too_large"), "webchat", null)).toBe(
      "This is too large to send. At most 25 MB.",
    );
    await setLanguage("fr-CA");
    expect(refusedText(t, upload("too_large"), "whatsapp", whatsapp)).toMatch(/WhatsApp .* 25\sMo\.$/);
  });
  test("types are called what people call them", () => {
    expect(takes(["audio/mpeg", "text/plain", "text/csv", "video/x-msvideo"])).toBe("MP3, TXT, CSV, AVI");
  });
});
