import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { flush, forgetDrafts, isSaved, saveDraftsWith, setDraft } from "./drafts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  forgetDrafts();
  vi.useRealTimers();
});

test("UX-25: a draft is called saved once the server has it as it stands", async () => {
  const told: string[] = [];
  saveDraftsWith(async (id, text) => void told.push(`${id}: ${text}`));
  setDraft("int_1", "Let me");
  expect(isSaved("int_1")).toBe(false);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(told).toEqual(["int_1: Let me"]);
  expect(isSaved("int_1")).toBe(true);
  setDraft("int_1", "Let me look");
  expect(isSaved("int_1")).toBe(false);
  setDraft("int_1", "");
  flush();
  await vi.advanceTimersByTimeAsync(0);
  expect(isSaved("int_1")).toBe(false); // of nothing there is nothing to say
});

test("UX-25: a draft the server did not take is not called saved", async () => {
  saveDraftsWith(() => Promise.reject(new Error("offline")));
  setDraft("int_2", "Hello");
  await vi.advanceTimersByTimeAsync(2_000);
  expect(isSaved("int_2")).toBe(false);
});
