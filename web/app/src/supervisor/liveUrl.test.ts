import { describe, expect, it } from "vitest";
import { liveUrl, readUrl } from "./liveUrl";

describe("UX-53: the address holds what is listed", () => {
  it("reads back what it writes", () => {
    for (const shown of [
      { stage: "queued", queue: "que_1", agent: "", agents: "here" },
      { stage: "", queue: "", agent: "agt_amy", agents: "free" },
      { stage: "wrapup", queue: "que_1", agent: "agt_amy", agents: "all" },
    ] as const)
      expect(readUrl(new URLSearchParams(liveUrl(shown).split("?")[1]))).toEqual(shown);
  });

  it("takes what it does not know as all", () => {
    expect(readUrl(new URLSearchParams("stage=moon&agents=nobody"))).toEqual({
      stage: "",
      queue: "",
      agent: "",
      agents: "here",
    });
    expect(liveUrl({ agents: "here" })).toBe("/supervisor");
  });
});
