import { expect, it } from "vitest";
import { Agent } from "./agent";
import { narrow } from "./browser";
import { phones, Simulator } from "./phone";
import { look, stage } from "./stage";

const at = stage();

it("ux 5: on a phone an offer is a bar above the talk; CNV-07: what WhatsApp does not take is refused as it is attached", async () => {
  const amy = await Agent.signIn(at.browser, at.server.url, "amy");
  await amy.ready();
  const simulator = await Simulator.at(at.browser, at.server.url);
  const ada = await simulator.take(phones.whatsapp);
  await ada.say("Is my order on its way?");
  await amy.offer.waitFor();
  await amy.accept();
  await amy.hears("Is my order on its way?");

  const input = amy.page.locator('input[type="file"]');
  await input.setInputFiles([
    { name: "setup.exe", mimeType: "", buffer: Buffer.from("MZ\u0090\u0000\u0003") },
    {
      name: "torn.png",
      mimeType: "image/png",
      buffer: Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"),
    },
  ]);
  const tray = amy.page.getByRole("list", { name: amy.t("agent.files.title") });
  await tray.getByText(/WhatsApp .*JPEG, PNG, .*PDF/).waitFor();
  await tray.getByText(amy.t("talk.why.broken")).waitFor();
  await look(amy.page, "agent-files-refused");
  for (const name of ["setup.exe", "torn.png"])
    await amy.page.getByRole("button", { name: amy.t("agent.files.remove", { name }) }).click();
  await tray.waitFor({ state: "detached" });

  await amy.page.setViewportSize(narrow);
  const bob = await simulator.take(phones.sms);
  await bob.say("Hello?");
  await amy.offer.waitFor();
  const card = (await amy.offer.boundingBox())!;
  for (const part of [amy.page.getByRole("main"), amy.composer]) {
    expect((await part.boundingBox())!.y).toBeGreaterThanOrEqual(card.y + card.height);
  }
  await amy.composer.fill("It left this morning.");
  await amy.button("agent.composer.send").click();
  await amy.hears("It left this morning.");
  await look(amy.page, "agent-offer-phone");
  await amy.accept();
  await amy.hears("Hello?");
});
