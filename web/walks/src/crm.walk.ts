import { expect, it } from "vitest";
import { Agent } from "./agent";
import { look, stage } from "./stage";
import { Visitor } from "./visitor";

const at = stage();

it("a CRM outside knows who writes: her record opens with the accept click, and the log is filed under it (DYN-02, DYN-03, DYN-06, F088, F089, F094)", async () => {
  const { browser, server } = at;
  const amy = await Agent.signIn(browser, server.url, "amy");
  await amy.ready();
  const marie = await Visitor.at(browser, server.url);
  await marie.open();
  await marie.begin({ name: "Marie", email: "marie.tremblay@example.com", question: "Where is my blanket?" });
  await amy.offer.waitFor();
  await amy.offer.getByText(amy.t("crm.matches_one", { count: 1 })).waitFor();
  await amy.offer.getByRole("link", { name: amy.t("crm.open") }).waitFor();
  await look(amy.page, "agent-offer-crm");

  const popped = amy.page.waitForEvent("popup");
  await amy.accept();
  const record = await popped;
  await record.getByText("marie.tremblay@example.com").first().waitFor();
  await record.close();
  await amy.say("On its way.");
  const avatar = amy.page.getByRole("button", {
    name: amy.t("crm.avatar", { what: amy.t("crm.matches_one", { count: 1 }) }),
  });
  await avatar.click();
  await amy.page.getByRole("radio", { name: "Marie Tremblay" }).waitFor();
  await look(amy.page, "agent-crm");
  await amy.page.getByRole("button", { name: amy.t("crm.back") }).click();

  await amy.end();
  await amy.dispose();
  const opened = amy.page.context().waitForEvent("page");
  await amy.finish();
  const log = await opened;
  await log.waitForURL(/phonecall/);
  await log.getByText("On its way.").first().waitFor();
  expect(amy.faults).toEqual([]);
  expect(marie.faults).toEqual([]);
});
