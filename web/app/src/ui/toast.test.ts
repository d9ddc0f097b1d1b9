import { expect, test, vi } from "vitest";
import { said, settle, toast } from "./toast";

const offers = () => said().map((t) => [t.text, t.act?.label]);
const act = (...of: string[]) => ({ label: "Undo", run: () => undefined, of });

test("CRM-02: what something else was done to can no longer be taken back by an older toast", () => {
  vi.useFakeTimers();
  toast("Ann and Bea are one", "good", act("ann", "bea"));
  toast("Dan is deleted", "good", act("dan"));
  toast("Bea and Cem are one", "good", act("bea", "cem"));
  expect(offers()).toEqual([
    ["Ann and Bea are one", undefined],
    ["Dan is deleted", "Undo"],
    ["Bea and Cem are one", "Undo"],
  ]);
  settle("cem");
  expect(offers().map(([, label]) => label)).toEqual([undefined, "Undo", undefined]);
  vi.advanceTimersByTime(5_000);
  expect(offers(), "one that offers nothing any more does not stay as long").toEqual([
    ["Dan is deleted", "Undo"],
  ]);
  vi.useRealTimers();
});
