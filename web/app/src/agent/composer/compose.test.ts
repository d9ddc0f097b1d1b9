import type { Composer } from "@parley/protocol";
import { describe, expect, test } from "vitest";
import { day, interaction } from "../../live/people";
import {
  blanksOf,
  filled,
  kindOf,
  partsOf,
  pictureIn,
  priceOf,
  refusalOf,
  signed,
  sizeIn,
  smsOf,
  takesFiles,
  windowOf,
} from "./compose";

const hour = 3_600_000;
const network: Composer = {
  limit: 40_954,
  part_limit: 4096,
  unit: "code_points",
  segments: false,
  plain_text: false,
  files: ["image", "document"],
  file_types: [],
  file_never: [],
  file_max: 5 << 20,
  reactions: ["👍"],
  typing: true,
  receipts: true,
  reads: true,
  templates: true,
  human_until: 0,
  paused: "",
  opted_out: false,
  check: false,
  signature: "",
  price_micros: 0,
  currency: "",
};
const sms: Composer = { ...network, plain_text: true, segments: true, files: [] };

describe("SCR-02: a signature", () => {
  test("stands below the words, and below nothing else", () => {
    const asked = { ...sms, signature: "Amy, Parley" };
    expect(signed("Hello", asked)).toBe("Hello\nAmy, Parley");
    expect(signed(" ", asked)).toBe(" ");
    expect(signed("Hello", sms)).toBe("Hello");
    expect(signed("Hello", null)).toBe("Hello");
  });
});

describe("SMS-01: what a text costs", () => {
  const paid = { ...sms, price_micros: 7500, currency: "CAD" };
  test("is told by segments, in the center's currency", () => {
    expect(priceOf(3, paid, "en-US")).toBe("CA$0.0225");
    expect(priceOf(1, paid, "fr-CA")).toBe("0,0075\u00a0$");
    expect([priceOf(0, paid, "en"), priceOf(2, sms, "en")]).toEqual(["", ""]);
  });
});

describe("CNV-05: how a text goes", () => {
  test("each network counts in its unit", () => {
    expect(sizeIn("é👍", "code_points")).toBe(2);
    expect(sizeIn("é👍", "utf16")).toBe(3);
    expect(sizeIn("é👍", "bytes")).toBe(6);
  });
  test("a text at the limit is one message, one letter more makes two", () => {
    expect(partsOf("a".repeat(20), 20, "code_points")).toBe(1);
    expect(partsOf("a".repeat(21), 20, "code_points")).toBe(2);
    expect(partsOf("", 20, "code_points")).toBe(1);
  });
  test("it is cut between words, so that a word too many makes a part more", () => {
    expect(partsOf("twelve lette twelve lette twelve", 13, "code_points")).toBe(3);
    expect(partsOf("twelve letters, twelve letters", 20, "code_points")).toBe(2);
  });
  test("no character is cut in two", () => {
    expect(partsOf("👨‍👩‍👧".repeat(3), 8, "utf16")).toBe(3);
  });
  test("a network without a limit takes all in one", () => {
    expect(partsOf("a".repeat(9999), 0, "bytes")).toBe(1);
  });
});

describe("SMS", () => {
  test("SMS-05: the counter knows segments and the letters that force UCS-2", () => {
    expect(smsOf("a".repeat(161))).toMatchObject({ segments: 2, units: 161, ucs2: false, letters: [] });
    expect(smsOf(`œuf et œuvre ’ ${"a".repeat(60)}`)).toMatchObject({
      ucs2: true,
      segments: 2,
      letters: ["œ", "’"],
    });
    expect(smsOf("œuf et œuvre ’")).toMatchObject({ ucs2: true, segments: 1, letters: [] }); // one, with an e as well
  });
  test("ux 6.5: it warns when a text has just grown into a segment more", () => {
    expect(smsOf("a".repeat(160)).grown).toBe(false);
    expect(smsOf("a".repeat(161)).grown).toBe(true);
    expect(smsOf("a".repeat(180)).grown).toBe(false);
  });
  test("CNV-07: pictures are found, letters and digits are none", () => {
    expect(pictureIn("Thanks 👍")).toBe("👍");
    expect(pictureIn("☎️")).not.toBe("");
    expect(pictureIn("It is 5 o'clock #1 © é ™")).toBe("");
  });
});

describe("WAP-05: the window", () => {
  const at = (until: number, human = 0) =>
    interaction({ window_until: until, composer: { ...network, human_until: human } });
  test("the web has none", () => {
    expect(windowOf(interaction(), day).kind).toBe("always");
    expect(windowOf(at(0), day).kind).toBe("always");
  });
  test("it counts down, and is amber in its last hour", () => {
    expect(windowOf(at(day + 2 * hour), day)).toEqual({ kind: "open", left: 2 * hour, soon: false });
    expect(windowOf(at(day + hour - 1), day)).toMatchObject({ kind: "open", soon: true });
  });
  test("at its end it is shut, at the very millisecond", () => {
    expect(windowOf(at(day), day)).toEqual({ kind: "shut", since: day });
    expect(windowOf(at(day - 3 * hour), day)).toEqual({ kind: "shut", since: day - 3 * hour });
  });
  test("SOC-07: a person may still answer for a while after it", () => {
    expect(windowOf(at(day - hour, day + hour), day)).toEqual({ kind: "human", until: day + hour });
    expect(windowOf(at(day - 2 * hour, day - hour), day)).toEqual({ kind: "shut", since: day - hour });
  });
});

describe("CNV-07: files", () => {
  const png = { type: "image/png", size: 1000 };
  test("kinds are by type", () => {
    expect(["image/png", "video/mp4", "audio/ogg", "application/pdf", ""].map(kindOf)).toEqual([
      "image",
      "video",
      "audio",
      "document",
      "document",
    ]);
  });
  test("the web takes all but what is too large", () => {
    expect(refusalOf(png, null)).toBe("");
    expect(refusalOf({ ...png, size: 26 << 20 }, null)).toBe("too_large");
  });
  test("a network takes its kinds, types and sizes", () => {
    expect(refusalOf(png, network)).toBe("");
    expect(refusalOf({ ...png, type: "video/mp4" }, network)).toBe("file_not_allowed");
    expect(refusalOf(png, { ...network, file_types: ["image/jpeg"] })).toBe("file_not_allowed");
    expect(refusalOf({ ...png, size: 6 << 20 }, network)).toBe("too_large");
    const sizes = { ...network, file_max: 20 << 20, file_sizes: { image: 8 << 20 } };
    expect(refusalOf({ ...png, size: 8 << 20 }, sizes)).toBe("");
    expect(refusalOf({ ...png, size: (8 << 20) + 1 }, sizes)).toBe("too_large");
    expect(refusalOf({ type: "application/pdf", size: 20 << 20 }, sizes)).toBe("");
  });
  test("what the browser cannot name is left to the server, which looks into it", () => {
    const named: Composer = { ...network, files: ["image", "audio", "document"], file_types: ["audio/mp4"] };
    expect(refusalOf({ type: "", size: 1 }, named)).toBe("");
    expect(refusalOf({ type: "audio/x-m4a", size: 1 }, named)).toBe("");
    expect(refusalOf({ type: "application/x-msdownload", size: 1 }, named)).toBe("file_not_allowed");
    const open = { ...network, file_never: ["application/x-msdownload"] };
    expect(refusalOf({ type: "application/x-msdownload", size: 1 }, open)).toBe("file_not_allowed");
    expect(refusalOf({ type: "application/zip", size: 1 }, open)).toBe("");
  });
  test("SMS takes none", () => {
    expect(takesFiles(sms)).toBe(false);
    expect(refusalOf(png, sms)).toBe("plain_text_only");
  });
});

describe("WAP-05: templates", () => {
  const body = "Hello {{1}}, your order {{2}} is here, {{1}}.";
  test("the blanks are counted by their highest number", () => {
    expect(blanksOf(body)).toBe(2);
    expect(blanksOf("Hello")).toBe(0);
  });
  test("values go where they belong, what is missing stays visible", () => {
    expect(filled(body, ["Bob", ""])).toBe("Hello Bob, your order {{2}} is here, Bob.");
  });
});
