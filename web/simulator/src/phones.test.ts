import { describe, expect, it } from "vitest";
import type { Message, Thread } from "./api";
import { answers, complete, fits, idOf, number, pressed, put, web } from "./phones";

const account = (id: string, network: string) => ({ id, network, webhook: "", base_url: "" });
const message = (id: string, change: Partial<Message> = {}): Message => ({
  id,
  from: "center",
  kind: "text",
  text: id,
  at: 0,
  state: "delivered",
  ...change,
});
const thread = (...messages: Message[]): Thread => ({
  id: "a/1",
  account: "a",
  network: "whatsapp",
  who: "1",
  name: "Marie",
  typing: true,
  messages,
});

describe("phones", () => {
  it("has one for each account, and the widget", () => {
    const phones = complete(
      [],
      [account("ent_x", "x"), account("ent_sms", "twilio"), account("n", "vonage")],
    );
    expect(phones.map(idOf).slice(0, 2)).toEqual(["ent_sms/+14165550102", "ent_x/1830218901527773184"]);
    expect(phones.at(-1)!.account).toBe(web);
    expect(new Set(phones.map(idOf)).size).toBe(4);
  });

  it("gets one for an account that is new, and keeps the others", () => {
    const had = complete([], [account("ent_sms", "twilio")]);
    const now = complete(had, [account("ent_sms", "twilio"), account("mine", "vonage")]);
    expect(now.slice(0, 2)).toEqual(had);
    expect(now.at(-1)!.account).toBe("mine");
    expect(complete(now, [account("ent_sms", "twilio"), account("mine", "vonage")])).toEqual(now);
  });

  it("draws numbers that fit their network", () => {
    for (const network of ["twilio", "vonage", "whatsapp", "messenger", "instagram", "x", "telegram"]) {
      expect([network, fits(network, number(network))]).toEqual([network, true]);
      expect(fits(network, "Marie")).toBe(false);
    }
    expect(fits("twilio", "15145550134")).toBe(false);
    expect(fits("x", "+15145550134")).toBe(false);
  });

  it("lays a change where its message is, and a new one at the end", () => {
    const before = thread(message("1"), message("2"));
    const edited = put(before, message("1", { text: "new" }));
    expect(edited.messages.map((m) => m.text)).toEqual(["new", "2"]);
    expect(edited.typing).toBe(true);
    const more = put(edited, message("3"));
    expect(more.messages.map((m) => m.id)).toEqual(["1", "2", "3"]);
    expect(more.typing).toBe(false);
    expect(before.messages.map((m) => m.text)).toEqual(["1", "2"]);
  });

  it("counts what arrived of the center's", () => {
    expect(answers(undefined)).toBe(0);
    expect(
      answers(thread(message("1"), message("2", { state: "failed" }), message("3", { from: "customer" }))),
    ).toBe(1);
  });

  it("presses a button as each network says it", () => {
    const buttons = [{ title: "Yes", payload: "y" }];
    const asked = message("m", { buttons });
    expect(pressed("whatsapp", asked, buttons[0]!)).toMatchObject({
      kind: "button",
      payload: "y",
      reply_to: "m",
    });
    const long = message("m", { buttons: Array(4).fill(buttons[0]) });
    expect(pressed("whatsapp", long, buttons[0]!).kind).toBe("list_reply");
    expect(pressed("whatsapp", { ...asked, kind: "template" }, buttons[0]!).kind).toBe("template_button");
    expect(pressed("telegram", asked, buttons[0]!)).toMatchObject({ kind: "button", message_id: "m" });
    expect(pressed("messenger", asked, { title: "Yes", payload: "" })).toMatchObject({
      kind: "quick_reply",
      text: "Yes",
      payload: "Yes",
    });
  });
});
