import { afterEach, expect, it, vi } from "vitest";
import { alone, Keep } from "./keep";

afterEach(() => void vi.unstubAllGlobals());

it("works where a browser forbids locks to frames of other sites", async () => {
  const denied = () => Promise.reject(new DOMException("The request was denied.", "SecurityError"));
  vi.stubGlobal("navigator", { locks: { request: denied } });
  const work = vi.fn(async () => {});
  await alone("outbox", work);
  expect(work).toHaveBeenCalledTimes(1);
});

it("does not hide or repeat a fault of the work itself", async () => {
  vi.stubGlobal("navigator", { locks: { request: (_: string, run: () => Promise<void>) => run() } });
  const work = vi.fn(async () => {
    throw new Error("ours");
  });
  await expect(alone("outbox", work)).rejects.toThrow("ours");
  expect(work).toHaveBeenCalledTimes(1);
});

it("remembers until the page is left where storage is forbidden", () => {
  const forbidden = () => {
    throw new DOMException("Access is denied.", "SecurityError");
  };
  vi.stubGlobal("localStorage", { getItem: forbidden, setItem: forbidden, removeItem: forbidden });
  const keep = new Keep("parley.test", () => {});
  keep.write({ token: "vt_1", language: "fr-CA" });
  keep.push("one");
  expect(keep.read().token).toBe("vt_1");
  expect(keep.read().outbox.map((p) => p.text)).toEqual(["one"]);
  keep.forget();
  expect(keep.read()).toMatchObject({ token: "", outbox: [], language: "fr-CA" });
});
