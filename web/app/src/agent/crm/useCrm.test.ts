import type { CrmKnown, Page } from "@parley/protocol";
import { afterEach, expect, it, vi } from "vitest";
import { keys, queryClient } from "../../api/query";
import { popLate, popOf } from "./useCrm";

const key = keys.interactions("int_1", "crm");
const known = (rev: number, url: string) =>
  ({ items: [{ connection_id: "con_1", state: "found", rev, pop_url: url }] }) as Page<CrmKnown>;
const offer = { id: "int_1", crm: [{ connection_id: "con_1", state: "found" as const, count: 1, rev: 2, log: "" as const }] };

afterEach(() => {
  queryClient.clear();
  vi.unstubAllGlobals();
});

it("what is known opens with the click; what the CRM has answered since is asked for (DYN-03)", () => {
  queryClient.setQueryData(key, known(1, ""));
  expect(popOf(offer)).toEqual({ url: "", old: true });
  queryClient.setQueryData(key, known(2, "https://crm.example/1"));
  expect(popOf(offer)).toEqual({ url: "https://crm.example/1", old: false });
  queryClient.setQueryData(key, known(2, ""));
  expect(popOf(offer)).toEqual({ url: "", old: false });
});

it("a late answer opens although the card's own question went with the card (DYN-03)", async () => {
  const replace = vi.fn();
  vi.stubGlobal("open", () => ({ opener: null, location: { replace }, close: vi.fn() }));
  vi.stubGlobal("fetch", () => Promise.resolve(Response.json(known(2, "https://crm.example/1"))));
  const asked = queryClient.fetchQuery({
    queryKey: key,
    queryFn: ({ signal }) => new Promise((_, no) => signal.addEventListener("abort", no)),
  });
  asked.catch(() => undefined);
  const late = popLate("int_1");
  await queryClient.cancelQueries({ queryKey: key });
  await late;
  expect(replace).toHaveBeenCalledWith("https://crm.example/1");
  expect(popOf(offer).url).toBe("https://crm.example/1");
});
