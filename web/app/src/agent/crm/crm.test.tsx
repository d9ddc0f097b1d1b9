import type { Interaction } from "@parley/protocol";
import { act } from "react";
import { expect, test, vi } from "vitest";
import { interaction } from "../../live/people";
import { isClaimed } from "../../parts/Claimed";
import { CrmBadge } from "./CrmBadge";
import { CrmLine } from "./CrmLine";
import { CrmLogPage, leadsTo } from "./CrmLogPage";
import { CrmLogState } from "./CrmLogState";
import { CrmTab } from "./CrmTab";
import { CrmWaiting } from "./CrmWaiting";
import { briefs, draw, known, knows, links, log, luc, marie } from "./people";
import { markShown } from "./shown";

const dynamics = known();
const sales = known({
  connection_id: "crm_s",
  name: "Salesforce",
  kind: "salesforce",
  records: [{ ...marie, id: "3", name: "M. Tremblay", url: "https://sales.example/3" }],
  pop_url: "https://sales.example/3",
});

/** page is an interaction of which CRMs know that. */
function page(all = [dynamics, sales], id = "i1") {
  knows(id, all);
  return interaction({ id, crm: briefs(all) });
}

test("DYN-02, DYN-03: the card of an offer says for each CRM how many fit, and what would pop waits as a link", async () => {
  const nobody = known({ ...sales, records: [], pop_url: "https://sales.example/new" });
  const { box, end } = await draw(<CrmLine interaction={page([dynamics, nobody])} />);
  const [one, none] = [...box.querySelectorAll("[data-crm]")].map((p) => p.textContent);
  expect(one).toContain("Dynamics");
  expect(one).toContain("1 match");
  expect(none).toContain("No match");
  expect(links(box).map((l) => l.split(" ").at(-1))).toEqual([marie.url, "https://sales.example/new"]);
  await end();
});

test("DYN-02, DYN-08: the avatar counts what one CRM found although another is down, and says nobody only when all have answered", async () => {
  const down = known({ connection_id: "crm_x", state: "unavailable", records: [], pop_url: "" });
  const nobody = known({ connection_id: "crm_n", records: [], pop_url: "" });
  const marks: string[] = [];
  for (const all of [[down, sales], [nobody, down], [nobody]]) {
    const { box, end } = await draw(<CrmBadge interaction={page(all)} onOpen={() => undefined} />);
    marks.push(box.querySelector("[data-crm]")?.textContent ?? "");
    await end();
  }
  expect(marks).toEqual(["1", "!", "0"]);
});

test("DYN-08: a CRM that does not answer says so on the card, and leads nowhere", async () => {
  const { box, end } = await draw(
    <CrmLine interaction={page([known({ state: "unavailable", records: [], pop_url: "" })])} />,
  );
  expect(box.textContent).toContain("Unavailable");
  expect(links(box)).toEqual([]);
  await end();
});

test("DYN-03: of two CRMs the one that did not pop waits beside the conversation by its name, and goes when it was opened", async () => {
  const i = page([dynamics, sales], "i2");
  markShown("i2", "crm_d");
  const { box, end } = await draw(<CrmWaiting interaction={i} />);
  expect(links(box)).toEqual(["Open M. Tremblay in Salesforce https://sales.example/3"]);
  await act(async () => {
    const link = box.querySelector("a");
    link?.addEventListener("click", (e) => e.preventDefault());
    link?.click();
  });
  expect(links(box)).toEqual([]);
  await end();
});

test("DYN-03, DYN-04: nothing waits where nothing would pop; what the browser blocked does", async () => {
  const several = known({ records: [marie, luc], pop_url: "" });
  const first = await draw(<CrmWaiting interaction={page([several])} />);
  expect(first.box.textContent).toBe("");
  await first.end();
  const second = await draw(<CrmWaiting interaction={page([dynamics])} />);
  expect(links(second.box)).toEqual([`Open Marie Tremblay in Dynamics ${marie.url}`]);
  await second.end();
});

test("DYN-04, DYN-05: of several one is picked, which shows at once and is what the server is told", async () => {
  const asked: string[] = [];
  let answer = () => {};
  vi.stubGlobal("fetch", (url: string, init: RequestInit) => {
    if (init.method !== "PUT") return new Promise(() => undefined);
    asked.push(`${url} ${init.body as string}`);
    return new Promise<Response>((done) => {
      answer = () => done(new Response(null, { status: 204 }));
    });
  });
  const i = page([known({ records: [marie, luc], pop_url: "" })]);
  const { box, end } = await draw(<CrmTab interaction={i} onBack={() => undefined} />);
  const radios = () => [...box.querySelectorAll<HTMLInputElement>("input[type=radio]")];
  expect(radios().map((r) => r.checked)).toEqual([true, false]);
  await act(async () => radios()[1]?.click());
  expect(radios().map((r) => r.checked)).toEqual([false, true]);
  expect(asked).toEqual(['/api/interactions/i1/crm/crm_d/choice {"object":"contact","id":"2"}']);
  await act(async () => answer());
  await end();
});

test("DYN-06, DYN-08: a log says where it went and under whom, that it waits, or why it failed and is tried again", async () => {
  const retry = vi.fn();
  const show = async (but: Parameters<typeof log>[0], under = "") => {
    const { box, end } = await draw(<CrmLogState log={log(but)} under={under} onRetry={retry} />);
    const said = {
      text: box.textContent ?? "",
      links: links(box),
      buttons: box.querySelectorAll("button").length,
    };
    await act(async () => box.querySelector("button")?.click());
    await end();
    return said;
  };
  const posted = await show({}, "Marie Tremblay");
  expect(posted.text).toContain("Logged");
  expect(posted.text).toContain("Under Marie Tremblay");
  expect(posted.text).not.toContain("own user");
  expect(posted.links).toEqual(["Open log https://dynamics.example/log"]);
  expect((await show({ owner: "integration" })).text).toContain("own user");
  const waits = await show({ state: "pending", owner: "", url: "", attempt: 3 });
  expect(waits.text).toContain("Tried 3 times");
  expect(waits.buttons + waits.links.length).toBe(0);
  expect(retry).not.toHaveBeenCalled();
  const down = await show({ state: "pending", owner: "", url: "", error: "transient", detail: "503" });
  expect(down.text).toContain("It does not answer");
  expect((await show({ state: "posted", error: "transient" })).text).not.toContain("It does not answer");
  const failed = await show({
    state: "failed",
    owner: "",
    url: "",
    error: "forbidden",
    detail: "0x80040220 prvCreateActivity",
  });
  expect(failed.text).toContain("A right is missing");
  expect(failed.text).toContain("0x80040220 prvCreateActivity");
  expect(failed.text).not.toContain("choose");
  expect(retry).toHaveBeenCalledOnce();
  const gone = await show({ state: "failed", owner: "", url: "", error: "not_found" });
  expect(gone.text).toContain("choose whom it is filed under");
});

test("DYN-06: the page of a log leads to the one there is, once it is there; of two CRMs to neither by itself", () => {
  const there = known({ log: log() });
  expect(leadsTo([there])).toBe("https://dynamics.example/log");
  expect(leadsTo([known({ log: log({ state: "pending", url: "" }) })])).toBe("");
  expect(leadsTo([there, known({ connection_id: "crm_s", log: log() })])).toBe("");
  expect(leadsTo([known()])).toBe("");
});

test("DYN-08: what failed is mended on the page of the log: another record is looked up and chosen there, as the desk let the conversation go", async () => {
  const failed = log({ state: "failed", url: "", owner: "", error: "not_found" });
  knows("i1", [known({ log: failed })]);
  const { box, end } = await draw(<CrmLogPage id="i1" />);
  expect(box.textContent).toContain("Look up again");
  expect(box.querySelectorAll("input[type=radio]").length).toBeGreaterThan(0);
  expect(links(box)[0]).toContain("/agent/interactions/i1");
  await end();
  knows("i1", [known({ log: log({ state: "pending", url: "" }) })]);
  const waits = await draw(<CrmLogPage id="i1" />);
  expect(waits.box.textContent).not.toContain("Look up again");
  await waits.end();
});

test("POP-04, A-107: what was found by a claim bears the shield on the card and in the list; what the network proves does not", async () => {
  const said = known({ records: [{ ...marie, claimed: true }, luc] });
  const card = await draw(<CrmLine interaction={page([said])} />);
  expect(card.box.textContent).toContain("Claimed, not verified");
  await card.end();
  const list = await draw(<CrmTab interaction={page([said])} onBack={() => undefined} />);
  const marked = (id: string) =>
    list.box.querySelector(`[data-record="${id}"]`)?.textContent?.includes("Claimed, not verified");
  expect([marked("1"), marked("2")]).toEqual([true, false]);
  await list.end();
  const proven = await draw(<CrmLine interaction={page([dynamics])} />);
  expect(proven.box.textContent).not.toContain("Claimed");
  await proven.end();
});

test("POP-04, UX-42: a customer found by what somebody typed is a claim; one found by the number they write from is not", () => {
  const by = (rule: Interaction["match"]["rule"], address = "") => {
    const i = interaction();
    return {
      match: { count: 1, rule, customer_ids: ["cus_1"], case_id: "" },
      visitor: { ...i.visitor, address },
    };
  };
  for (const rule of ["case", "account", "customer", "email", "phone", "field"] as const)
    expect([rule, isClaimed(by(rule), "cus_1")]).toEqual([rule, true]);
  expect(isClaimed(by("phone", "+15145550101"), "cus_1")).toBe(false);
  expect(isClaimed(by("email", "+15145550101"), "cus_1")).toBe(true);
  expect(isClaimed(by("", "6328923457821345"), "cus_1")).toBe(false); // known by their own id
  expect(isClaimed(by("email"), "cus_2")).toBe(false); // an agent chose another
});

test("DYN-03: back from a CRM's own form for somebody new it looks again, where nobody was known and the form was opened, and nowhere else", async () => {
  const nobody = { records: [], pop_url: "https://dynamics.example/new" };
  const opened = known({ ...nobody, connection_id: "crm_n" });
  const closed = known({ ...nobody, connection_id: "crm_c" });
  const i = page([opened, closed, sales], "i9");
  for (const id of ["crm_n", "crm_s"]) markShown("i9", id);
  const { end } = await draw(<CrmWaiting interaction={i} />);
  const asked: string[] = [];
  const answer = async (url: string | URL | Request) => {
    asked.push(String(url));
    return new Response(null, { status: 204 });
  };
  vi.stubGlobal("fetch", answer);
  await act(async () => void dispatchEvent(new Event("focus")));
  expect(asked).toHaveLength(1);
  expect(asked[0]).toContain("/interactions/i9/crm/crm_n/lookup");
  await end();
  dispatchEvent(new Event("focus"));
  expect(asked).toHaveLength(1);
});
