import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { Agent } from "./agent";
import { openTab, until } from "./browser";
import { OldProxy } from "./proxy";
import { stage } from "./stage";
import { Visitor } from "./visitor";

const at = stage();

/** talk is a conversation from the first word to the last, whatever carries the news. */
async function talk(
  login: string,
  url: string,
  prepare: (page: Page) => Promise<void>,
  words: number,
  enter: "enter" | "takeOver" = "enter",
): Promise<void> {
  const tab = await openTab(at.browser);
  await prepare(tab.page);
  const amy = new Agent(tab.page, tab.faults);
  await tab.page.goto(url);
  await amy[enter](login);
  if (enter === "enter") await amy.ready(); // who takes over still is
  const visitor = await Visitor.at(at.browser, url, "en", {});
  await prepare(visitor.page);
  await visitor.page.reload();
  await visitor.open();
  await visitor.begin({ name: "Marie", question: "customer 0" });
  await amy.offer.waitFor();
  await amy.accept();
  const expected = ["customer 0"];
  for (let n = 1; n <= words; n++) {
    await visitor.say(`customer ${n}`);
    await amy.hears(`customer ${n}`);
    await amy.say(`agent ${n}`);
    await visitor.hears(`agent ${n}`);
    expected.push(`customer ${n}`, `agent ${n}`);
  }
  await visitor.settled();
  await amy.settled();
  expect(await visitor.log()).toEqual(expected);
  expect(await amy.said()).toEqual(expected);
  await amy.end();
  await visitor.window.getByRole("heading", { name: visitor.t("ended") }).waitFor();
  await amy.dispose();
  await amy.finish();
  await amy.page.context().close();
  await visitor.page.context().close();
}

it("without WebSocket the news come as server-sent events (R-57)", async () => {
  let streams = 0;
  await talk(
    "amy",
    at.server.url,
    async (page) => {
      await page.addInitScript(() => Reflect.deleteProperty(window, "WebSocket"));
      page.on("response", (r) => {
        if (r.headers()["content-type"]?.startsWith("text/event-stream")) streams++;
      });
    },
    3,
  );
  expect(streams).toBeGreaterThanOrEqual(2);
});

it("through a proxy that knows no WebSocket, holds answers back and cuts every stream (R-57, RES-04)", async () => {
  const proxy = new OldProxy(at.server.port, { cutAfter: 3_000 });
  const url = await proxy.listen();
  try {
    await talk("bob", url, async () => {}, 2);
    await until(async () => proxy.cuts >= 1);
  } finally {
    proxy.stop();
  }
  expect(proxy.upgradesRefused).toBeGreaterThanOrEqual(2);
  expect(proxy.streams).toBeGreaterThanOrEqual(2);
  console.log(`upgrades refused ${proxy.upgradesRefused}, streams ${proxy.streams}, cut ${proxy.cuts}`);
});

it("through a proxy that holds every answer back until it is whole and cuts after a minute (R-57)", async () => {
  const proxy = new OldProxy(at.server.port, { cutAfter: 60_000, holds: true });
  const url = await proxy.listen();
  try {
    await talk("amy", url, async () => {}, 3, "takeOver");
  } finally {
    proxy.stop();
  }
  expect(proxy.upgradesRefused).toBeGreaterThanOrEqual(4);
  expect(proxy.whole).toBeGreaterThanOrEqual(8);
  console.log(`streams ${proxy.streams}, of them whole ${proxy.whole}, cut ${proxy.cuts}`);
});
