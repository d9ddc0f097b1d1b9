import { createHmac } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import { Agent } from "./agent";
import { narrow } from "./browser";
import { look, stage } from "./stage";
import { Visitor } from "./visitor";

const at = stage();

/** Heard is what a program outside was told. */
interface Heard {
  type: string;
  id: string;
  signed: string;
  body: string;
}

/** listen stands for the program outside. */
async function listen(): Promise<{ url: string; heard: Heard[] }> {
  const heard: Heard[] = [];
  const server = createServer(async (request: IncomingMessage, answer) => {
    let body = "";
    for await (const bytes of request) body += bytes;
    const { type, id } = JSON.parse(body) as { type: string; id: string };
    heard.push({ type, id, signed: `${request.headers["parley-signature"]}`, body });
    answer.writeHead(204).end();
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/told`, heard };
}

it("an administrator tells a program outside what happens: it answers, it is told, and told again (API-02)", async () => {
  const outside = await listen();
  const told = (type: string) => outside.heard.filter((h) => h.type === type);
  const ada = await Agent.signIn(at.browser, at.server.url, "ada");
  const { page } = ada;
  const button = (key: string) => page.getByRole("button", { name: ada.t(key), exact: true });
  await page.goto(`${at.server.url}/admin/webhooks/new`);
  await page.getByRole("textbox", { name: ada.t("admin.webhook.name"), exact: true }).fill("Data warehouse");
  await page.getByRole("textbox", { name: ada.t("admin.webhook.url"), exact: true }).fill(outside.url);
  await look(page, "admin-webhook-new");
  await button("admin.webhook.make").click();
  await page.getByText(ada.t("admin.webhook.once")).waitFor();
  const secret = await page.getByRole("textbox", { name: ada.t("admin.webhook.secret") }).inputValue();
  await button("admin.key.stored").click();
  await button("admin.webhook.verify").click();
  await page.getByText(ada.t("admin.webhook.answers")).waitFor();

  const marie = await Visitor.at(at.browser, at.server.url);
  await marie.open();
  await marie.begin({ name: "Marie", question: "Where is my blanket?" });
  await expect.poll(() => told("message").some((h) => h.body.includes("Where is my blanket?"))).toBe(true);
  for (const h of outside.heard) {
    const [, time, mac] = /^t=(\d+),v1=([0-9a-f]+)/.exec(h.signed)!;
    expect(mac).toBe(createHmac("sha256", secret).update(`${time}.${h.body}`).digest("hex"));
  }
  const before = told("message").length;
  await page.reload();
  const row = page
    .getByRole("row")
    .filter({ hasText: ada.t("admin.webhook.type.message") })
    .first();
  await row.getByText(ada.t("admin.webhook.states.delivered")).waitFor();
  await look(page, "admin-webhook");
  await row.getByRole("button").click();
  await expect.poll(() => told("message").length).toBe(before + 1);
  expect(new Set(told("message").map((h) => h.id)).size).toBe(before); // the same event: its id says so
  await page.setViewportSize(narrow);
  await look(page, "admin-webhook-narrow");
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(narrow.width);
  expect([...ada.faults, ...marie.faults]).toEqual([]);
});
