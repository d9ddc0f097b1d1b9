import type { CrmKnown, Page } from "@parley/protocol";
import { afterEach, expect, it, vi } from "vitest";
import { keys, queryClient } from "../../api/query";
import { interaction } from "../../live/people";
import { openCrmLog, openTab } from "./crmTab";
import { markShown, wasShown } from "./shown";
import { popLate, popOf } from "./useCrm";

const key = keys.interactions("int_1", "crm");
const known = (rev: number, url: string) =>
  ({ items: [{ connection_id: "con_1", state: "found", rev, pop_url: url }] }) as Page<CrmKnown>;
const offer = {
  id: "int_1",
  crm: [{ connection_id: "con_1", state: "found" as const, count: 1, rev: 2, log: "" as const }],
};

afterEach(() => {
  queryClient.clear();
  vi.unstubAllGlobals();
});

it("what is known opens with the click; what the CRM has answered since is asked for (DYN-03)", () => {
  queryClient.setQueryData(key, known(1, ""));
  expect(popOf(offer)).toEqual({ connection: "", url: "", old: true });
  queryClient.setQueryData(key, known(2, "https://crm.example/1"));
  expect(popOf(offer)).toEqual({ connection: "con_1", url: "https://crm.example/1", old: false });
  queryClient.setQueryData(key, known(2, ""));
  expect(popOf(offer)).toEqual({ connection: "", url: "", old: false });
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
  expect(popOf(offer)).toEqual({ connection: "", url: "", old: false }); // nothing opens twice
});

it("of two CRMs the first pops with the click, and then the other is next (DYN-03)", () => {
  const item = (id: string) => ({
    connection_id: id,
    state: "found",
    rev: 1,
    pop_url: `https://${id}.example`,
  });
  const two = { id: "int_2", crm: [] };
  queryClient.setQueryData(keys.interactions("int_2", "crm"), { items: [item("con_a"), item("con_b")] });
  expect(popOf(two)).toMatchObject({ connection: "con_a", url: "https://con_a.example" });
  markShown("int_2", "con_a");
  expect(popOf(two)).toMatchObject({ connection: "con_b", url: "https://con_b.example" });
  markShown("int_2", "con_b");
  expect(popOf(two).url).toBe("");
});

it("a tab the browser blocked counts as not opened: its link waits (DYN-03)", async () => {
  vi.stubGlobal("open", () => null);
  const tab = openTab();
  expect(await tab.lead("https://crm.example/3")).toBe(false);
  expect(() => tab.close()).not.toThrow();
  vi.stubGlobal("fetch", () =>
    Promise.resolve(
      Response.json({
        items: [{ connection_id: "con_3", state: "found", rev: 2, pop_url: "https://crm.example/3" }],
      }),
    ),
  );
  await popLate("int_3");
  expect(wasShown("int_3", "con_3")).toBe(false);
  const replace = vi.fn();
  vi.stubGlobal("open", () => ({ opener: null, location: { replace }, close: vi.fn() }));
  await popLate("int_3");
  expect(replace).toHaveBeenCalledWith("https://crm.example/3");
  expect(wasShown("int_3", "con_3")).toBe(true);
});

it("the log's tab opens with the click that ends the wrap-up, where a CRM is connected (DYN-06)", () => {
  const open = vi.fn();
  vi.stubGlobal("open", open);
  openCrmLog(interaction({ crm: [] }));
  expect(open).not.toHaveBeenCalled();
  openCrmLog(interaction({ crm: offer.crm }));
  expect(open).toHaveBeenCalledWith("/agent/crm-log/i1", "_blank", "noopener");
});
