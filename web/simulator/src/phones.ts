import type { Account, Message, Thread } from "./api";
import type { Language } from "./words";

/** Phone is a customer's: the simulator knows it by its account and number. */
export interface Phone {
  account: string;
  from: string;
  name: string;
  language: Language;
}

/** The widget's own account name: it is no network of the simulator. */
export const web = "web";

export const idOf = (phone: Pick<Phone, "account" | "from">): string => `${phone.account}/${phone.from}`;

/**
 * Whose phones there are at first, by network: a name, the language, and the number there. The demo center
 * knows Marie and Noah by their numbers.
 */
const people: Record<string, [string, Language, string]> = {
  whatsapp: ["Marie Tremblay", "fr-CA", "15145550101"],
  twilio: ["Noah Singh", "en", "+14165550102"],
  messenger: ["Jos\u00e9 \u00c1lvarez", "en", "6328923457821345"],
  instagram: ["Mei Lin", "en", "7328923457821345"],
  x: ["Ada King", "en", "1830218901527773184"],
  telegram: ["Zo\u00e9 Gagnon", "fr-CA", "5001002003"],
};

/** The order networks are shown in; the others follow. */
const order = ["twilio", "whatsapp", "messenger", "instagram", "x", "telegram"];
const rank = (network: string): number => (order.indexOf(network) + 1 || order.length + 1) - 1;

export const sorted = (accounts: Account[]): Account[] =>
  [...accounts].sort((a, b) => rank(a.network) - rank(b.network) || a.id.localeCompare(b.id));

/** complete adds the widget's phone, and one for each account that has none yet. */
export function complete(phones: Phone[], accounts: Account[]): Phone[] {
  const none = (account: string) => !phones.some((phone) => phone.account === account);
  const fresh = sorted(accounts)
    .filter(({ id }) => none(id))
    .map(({ id, network }) => {
      const [name, language, from] = people[network] ?? ["Sam Okafor", "en" as const, number(network)];
      return { account: id, from, name, language };
    });
  const widget: Phone = { account: web, from: "visitor", name: "", language: "en" };
  return [...phones, ...fresh, ...(none(web) ? [widget] : [])];
}

/** number draws a number nobody has, in the network's form. */
export function number(network: string): string {
  const digits = Array.from(crypto.getRandomValues(new Uint8Array(7)), (n) => n % 10).join("");
  switch (network) {
    case "whatsapp":
      return `1438${digits}`;
    case "messenger":
    case "instagram":
    case "x":
    case "telegram":
      return `73${digits}00`;
    default:
      return `+1438${digits}`;
  }
}

/** Whether a number has the form the network wants. */
export function fits(network: string, from: string): boolean {
  switch (network) {
    case "whatsapp":
    case "messenger":
    case "instagram":
    case "x":
    case "telegram":
      return /^[1-9][0-9]{4,19}$/.test(from);
    default:
      return /^\+[1-9][0-9]{6,14}$/.test(from);
  }
}

/** put lays a changed message into its thread: in its place, or at the end. */
export function put(thread: Thread, message: Message): Thread {
  const at = thread.messages.findIndex((m) => m.id === message.id);
  const messages = at < 0 ? [...thread.messages, message] : thread.messages.with(at, message);
  return { ...thread, messages, typing: message.from === "center" && at < 0 ? false : thread.typing };
}

/** answers counts what the center has said to a phone. */
export const answers = (thread: Thread | undefined): number =>
  thread?.messages.filter((m) => m.from === "center" && m.state !== "failed").length ?? 0;

/** pressed is what a phone of a network says when a button below a message is pressed. */
export function pressed(
  network: string,
  message: Message,
  button: { title: string; payload: string },
): { kind: string; title: string; text?: string; payload: string; message_id?: string; reply_to?: string } {
  const said = { title: button.title, payload: button.payload || button.title };
  switch (network) {
    case "whatsapp":
      if (message.kind === "template") return { ...said, kind: "template_button", reply_to: message.id };
      return { ...said, kind: message.buttons!.length > 3 ? "list_reply" : "button", reply_to: message.id };
    case "telegram":
      return { ...said, kind: "button", message_id: message.id };
    default:
      return { ...said, kind: "quick_reply", text: button.title };
  }
}
