import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openTab, until } from "./browser";
import { Office } from "./office";
import { stage } from "./stage";

const at = stage();
let site: Server;

/** The customer's own site: another host, and a policy that allows our origin and nothing else. */
beforeAll(async () => {
  site = createServer((_, answer) => {
    const ours = at.server.url;
    const policy = `default-src 'none'; script-src ${ours}; frame-src ${ours}; require-trusted-types-for 'script'`;
    answer.writeHead(200, { "Content-Type": "text/html", "Content-Security-Policy": policy });
    answer.end(`<!doctype html><html lang="en"><title>A site</title><h1>A site</h1>
      <script async src="${ours}/w.js" data-entry-point="ent_demo"></script></html>`);
  });
  await new Promise<void>((done) => site.listen(0, "localhost", done));
});
afterAll(() => void site.close());

const address = () => `http://localhost:${(site.address() as AddressInfo).port}`;

it("A-041: a site that is not on the list gets no window", async () => {
  const { page } = await openTab(at.browser);
  const refused = page.waitForEvent("console", (line) => /frame-ancestors/.test(line.text()));
  await page.goto(address());
  await refused;
});

it("on another site, under its strict policy, the chat works and leaves one name (WEB-04, A-109)", async () => {
  const ada = await Office.signIn(at.server.url, "ada");
  await ada.change("admin/entry-points/ent_demo", { allowed_origins: [address()] });
  await until(async () => {
    const { headers } = await fetch(`${at.server.url}/widget/ent_demo`);
    return headers.get("Content-Security-Policy")?.includes(address());
  });
  const { page, faults } = await openTab(at.browser);
  await page.goto(address());
  const launcher = page.locator("button[aria-expanded]");
  await launcher.click();
  const chat = page.frameLocator("iframe");
  await chat.locator("[name=name]").fill("Marie");
  await chat.locator("[name=question]").fill("From elsewhere");
  await chat.locator("form button[type=submit]").click();
  await chat.getByRole("log").getByText("From elsewhere", { exact: true }).waitFor();

  const left = await page.evaluate(() => ({
    cookies: document.cookie,
    stored: localStorage.length + sessionStorage.length,
    names: Object.keys(globalThis).filter((name) => /parley/i.test(name)),
    frame: (document.body.lastElementChild as HTMLElement).shadowRoot!.querySelector("iframe")!.src,
  }));
  expect(left.cookies).toBe("");
  expect(left.stored).toBe(0);
  expect(left.names).toEqual(["Parley"]);
  expect(left.frame).not.toMatch(/vt_/);

  await page.evaluate(() => {
    for (const said of [
      ["parley", "open", false],
      { parley: "open" },
      "parley",
      ["parley", "navigate", "https://evil.example"],
    ]) {
      window.postMessage(said, "*"); // from this window, not from the frame
    }
  });
  await page.evaluate(() => new Promise((done) => setTimeout(done)));
  expect(await page.locator("iframe").isVisible()).toBe(true);

  const ended = page.evaluate(
    () =>
      new Promise((done) =>
        (globalThis as unknown as { Parley: (...c: unknown[]) => void }).Parley("on", "end", done),
      ),
  );
  await page.evaluate(() => (globalThis as unknown as { Parley: (...c: unknown[]) => void }).Parley("end"));
  expect(await ended).toEqual({ reason: "api" });

  await page.evaluate(() =>
    (globalThis as unknown as { Parley: (...c: unknown[]) => void }).Parley("resetCustomerInfo"),
  );
  await until(async () => (await chat.getByText("From elsewhere", { exact: true }).count()) === 0);
  await chat.locator("[name=question]").waitFor();
  expect(faults).toEqual([]);
});
