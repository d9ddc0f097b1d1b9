import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { useRecord } from "./useRecord";

type Customer = { id: string; rev: number; name: string };

let root: Root;
let shown = "";

function Page({ read }: { read: () => Promise<Customer> }) {
  shown = useRecord(["customers", "cus_1"], read).data?.name ?? "";
  return null;
}

/** open shows a record, with its history beside it. Returns how often the history was asked for. */
async function open(kept: Customer): Promise<() => boolean> {
  const client = new QueryClient();
  client.setQueryData(["customers", "cus_1", "history"], []);
  root = createRoot(document.createElement("div"));
  await act(async () =>
    root.render(
      <QueryClientProvider client={client}>
        <Page read={async () => ({ ...kept })} />
      </QueryClientProvider>,
    ),
  );
  await act(() => vi.advanceTimersByTimeAsync(100));
  return () => client.getQueryState(["customers", "cus_1", "history"])!.isInvalidated;
}

beforeEach(() => {
  vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
  vi.useFakeTimers();
});
afterEach(() => {
  act(() => root.unmount());
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it("CRM-02: what a colleague saves is on the open page soon, and its history with it", async () => {
  const kept = { id: "cus_1", rev: 1, name: "Marie" };
  const stale = await open(kept);
  expect(shown).toBe("Marie");
  await act(() => vi.advanceTimersByTimeAsync(11_000));
  expect(stale()).toBe(false);
  Object.assign(kept, { rev: 2, name: "Marie-Claire" });
  await act(() => vi.advanceTimersByTimeAsync(11_000));
  expect(shown).toBe("Marie-Claire");
  expect(stale()).toBe(true);
});

it("one that has yet to be made is not asked for again", async () => {
  const kept = { id: "", rev: 0, name: "new" };
  await open(kept);
  kept.name = "other";
  await act(() => vi.advanceTimersByTimeAsync(30_000));
  expect(shown).toBe("new");
});
