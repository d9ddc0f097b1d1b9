import { expect, it } from "vitest";
import { Agent } from "./agent";
import { until } from "./browser";
import { look, stage } from "./stage";
import { Visitor } from "./visitor";

const at = stage();

it("30 messages typed without network, on both sides, are sent once and in order (R-55, RES-01)", async () => {
  const { browser, server } = at;
  const amy = await Agent.signIn(browser, server.url, "amy");
  await amy.ready();
  const visitor = await Visitor.at(browser, server.url);
  await visitor.open();
  await visitor.begin({ name: "Marie", question: "customer 0" });
  await amy.offer.waitFor();
  await amy.accept();
  await amy.say("agent 0");
  await visitor.hears("agent 0");

  await visitor.page.context().setOffline(true);
  await amy.page.context().setOffline(true);
  for (let n = 1; n <= 30; n++) {
    await visitor.say(`customer ${n}`);
    await amy.say(`agent ${n}`);
  }
  await visitor.window.getByText(visitor.t("link.offline")).waitFor();
  await look(visitor.page, "widget-offline");
  const sending = visitor.window.getByText(visitor.t("message.sending"), { exact: true });
  await expect.poll(() => sending.count()).toBe(30);
  await visitor.page.context().setOffline(false);
  await amy.page.context().setOffline(false);
  await visitor.hears("agent 30");
  await amy.hears("customer 30");
  await visitor.settled();
  await amy.settled();

  const seen = await until(async () => {
    const log = await visitor.log();
    return log.length >= 62 && log;
  });
  const wanted = (who: string) => Array.from({ length: 31 }, (_, n) => `${who} ${n}`);
  expect(seen.filter((text) => text.startsWith("customer"))).toEqual(wanted("customer"));
  expect(seen.filter((text) => text.startsWith("agent"))).toEqual(wanted("agent"));
  expect(await amy.said()).toEqual(seen);
  console.log(`62 messages, 60 of them typed offline: ${seen.length} shown on each side`);
});
