import type { Chat, Host } from "./chat";
import { known } from "./job";
import type { Fields } from "./keep";
import { type Language, language } from "./words";

/** The fields a site may also set by another name. Source: WEB-04. */
const names = {
  __proto__: null, // no name is inherited
  $accountNumber: "account_number",
  $caseNumber: "case_number",
  $emailAddress: "email",
  $emailBody: "question",
} as unknown as Record<string, string>;
/** Unit: characters. Source: WEB-04. */
const keyMax = 100;
const infoMax = 500;
const variableMax = 255;
const setMax = 9000;

/** The page that shows us, as the loader named it; "" when the window is a page of its own. */
export const site = window.parent === window ? "" : decodeURIComponent(location.hash.slice(1));

/** toHost speaks to the page that shows us, and to nobody else. Source: A-109. */
export const toHost: Host = {
  ready: (accent) => post("ready", accent),
  open: (open, quiet) => post("open", open, quiet),
  unread: (n) => post("unread", n),
  event: (name, detail) => post("event", name, detail),
};

function post(...said: unknown[]): void {
  if (site) window.parent.postMessage(["parley", ...said], site);
}

/** fromHost obeys the page that shows us. Anything of another origin, source or shape is ignored. */
export function fromHost(chat: Chat): void {
  window.addEventListener("message", ({ origin, source, data }) => {
    if (!site || origin !== site || source !== window.parent) return;
    if (!Array.isArray(data) || data[0] !== "parley" || typeof data[1] !== "string") return;
    obey(chat, data[1], data[2]);
  });
}

/** obey does one command of the host page. */
export function obey(chat: Chat, command: string, value: unknown): void {
  switch (command) {
    case "page":
      if (typeof value === "string") chat.page = value.slice(0, 500);
      break;
    case "open":
    case "close":
      chat.show(command === "open");
      break;
    case "language": {
      const to = language(value);
      if (to) prefer(chat, to);
      break;
    }
    case "start":
      chat.host.open(true);
      begin(chat);
      break;
    case "end":
      if (chat.state.mirror && !chat.state.job) chat.ask("end", { by: "api" });
      break;
    case "setCustomerInfo":
    case "setVariables":
      chat.introduce(accept(chat, value, command === "setVariables" ? variableMax : infoMax));
      break;
    case "set": {
      const $ = JSON.stringify({ ...(value as object) });
      if ($.length < setMax) chat.introduce({ $ });
      break;
    }
    case "resetCustomerInfo":
      chat.reset();
  }
}

/** accept returns the known fields of what a site said, and reports the rest to it. */
export function accept(chat: Pick<Chat, "host" | "speak" | "keep">, value: unknown, max: number): Fields {
  const fields: Fields = {};
  if (Object(value) !== value) return fields;
  for (const [key, said] of Object.entries(value as object)) {
    const text = `${said}`;
    const primitive = ["string", "number", "boolean"].includes(typeof said);
    const name = known.includes(key) ? key : names[key];
    const to = key === "$language" ? language(said) : null;
    if (to) prefer(chat, to);
    else if (!primitive || key.length > keyMax || text.length > max) refuse(chat, "invalid", key);
    else if (name) fields[name] = text;
    else refuse(chat, "unknown", key);
  }
  return fields;
}

/** prefer is the site's wish for a language; it is remembered. */
export function prefer(chat: Pick<Chat, "speak" | "keep">, to: Language): void {
  chat.keep.write({ language: to });
  chat.speak(to);
}

function refuse(chat: Pick<Chat, "host">, code: string, key: string): void {
  chat.host.event("error", { code, key: key.slice(0, keyMax) });
}

/** begin starts a chat without the form, if the site has told all that the form requires. */
function begin(chat: Chat): void {
  const { entry, fields, view } = chat.state;
  if (!entry) {
    chat.enter().then(() => chat.state.entry && begin(chat));
    return;
  }
  if (view !== "form" || entry.form.some((f) => f.required && !fields[f.name])) return;
  chat.ask("begin", fields);
}
