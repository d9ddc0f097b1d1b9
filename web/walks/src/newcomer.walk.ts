import { expect, it } from "vitest";
import { Agent } from "./agent";
import { narrow, openTab } from "./browser";
import { look, stage } from "./stage";
import { Visitor } from "./visitor";

const at = stage();

it("a newcomer chats with themselves, in two tabs of one browser (README, UX-62)", async () => {
  const { browser, server } = at;
  const { page, faults } = await openTab(browser);
  await page.goto(`${server.url}/demo`);
  await look(page, "demo");
  const [tab] = await Promise.all([
    page.context().waitForEvent("page"),
    page.getByRole("link", { name: /amy/ }).click(),
  ]);
  await tab.bringToFront();
  const amy = new Agent(tab, faults);
  await expect.poll(() => tab.getByLabel(amy.t("login.name")).inputValue()).toBe("amy");
  await amy.enter("amy");
  await amy.ready();
  const [shop] = await Promise.all([
    page.context().waitForEvent("page"),
    page.locator("a[href='/demo/shop']").click(),
  ]);
  await shop.bringToFront();
  await shop.locator("button[aria-expanded]").last().click();
  const window = shop.frameLocator("iframe");
  await window.locator("[name=question]").fill("Hello, me.");
  const name = window.locator("[name=name]");
  if (await name.count()) await name.fill("Me");
  await window.locator("form button[type=submit]").click();
  await tab.bringToFront();
  await amy.offer.waitFor();
  await amy.accept();
  await amy.say("Hello, myself.");
  await window.getByText("Hello, myself.", { exact: true }).waitFor();
  expect(faults).toEqual([]);
});

it("the widget moves nothing on the shop's page, and fits 320 pixels (UX-61, UX-65)", async () => {
  const { browser, server } = at;
  const visitor = await Visitor.at(browser, server.url, "en", { viewport: { width: 320, height: 640 } });
  const shift = await visitor.page.evaluate(
    () =>
      new Promise<number>((done) => {
        let sum = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) sum += (entry as unknown as { value: number }).value;
        }).observe({ type: "layout-shift", buffered: true });
        requestAnimationFrame(() => requestAnimationFrame(() => done(sum)));
      }),
  );
  expect(shift).toBe(0);
  await visitor.open();
  const box = () => visitor.page.locator("iframe").boundingBox();
  await expect.poll(box).toEqual({ x: 0, y: 0, width: 320, height: 640 });
  const wider = await visitor.window.locator("html").evaluate((html) => html.scrollWidth > html.clientWidth);
  expect(wider).toBe(false);
  await look(visitor.page, "widget-320");
  await visitor.page.keyboard.press("Escape");
  await visitor.page.locator("iframe").waitFor({ state: "hidden" });
  const back = () => visitor.launcher.evaluate((b) => (b.getRootNode() as ShadowRoot).activeElement === b);
  await expect.poll(back).toBe(true);
});

it("out of hours a message can be left, and while waiting too (SCR-07, WEB-02)", async () => {
  const { browser, server } = at;
  const { page, faults } = await openTab(browser, { viewport: narrow });
  await page.goto(`${server.url}/widget/ent_demo`);
  await page.locator("[name=question]").waitFor();
  const name = page.locator("[name=name]");
  if (await name.count()) await name.fill("Noah Singh");
  await page.locator("[name=question]").fill("Nobody is there?");
  await page.locator("form button[type=submit]").click();
  await page.getByRole("button", { name: "Leave a message" }).click();
  await look(page, "widget-skip");
  await page.locator("[name=name]").fill("Noah Singh");
  await page.locator("[name=email]").fill("noah.singh@example.com");
  await page.locator("[name=text]").fill("Please write to me.");
  await page.locator("form button[type=submit]").click();
  await page.getByRole("heading", { name: "Message sent" }).waitFor();
  await look(page, "widget-sent");
  expect(faults).toEqual([]);
});
