import { expect, test, vi } from "vitest";

const kept = () => JSON.parse(localStorage.getItem("parley.seen") ?? "{}");

test("WSP-04: what was looked at stays looked at after a reload and in another tab", async () => {
  localStorage.clear();
  const first = await import("./seen");
  first.look("cnv_1", 4);
  first.look("cnv_1", 2);
  for (let n = 0; n < 120; n++) first.look(`cnv_old${n}`, 1);
  first.look("cnv_1", 5);
  expect(kept().cnv_1).toBe(5);
  expect(Object.keys(kept())).toHaveLength(100);
  first.unlook("cnv_1", [{ seq: 3, sender: "customer" }] as never);
  expect(kept().cnv_1).toBe(2);
  vi.resetModules();
  const again = await import("./seen");
  localStorage.setItem("parley.seen", "broken");
  again.look("cnv_1", 2);
  expect(localStorage.getItem("parley.seen"), "known already: nothing is written").toBe("broken");
  window.dispatchEvent(new StorageEvent("storage", { key: "parley.seen" }));
  again.look("cnv_1", 2);
  expect(kept()).toEqual({ cnv_1: 2 });
});
