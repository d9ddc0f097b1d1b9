import css from "./style.css?inline";
import { words } from "./words";

type Listener = (detail: unknown) => void;
type Command = [name: string, ...args: unknown[]];
/** Parley is the one name the host page gets. */
export type Parley = ((...command: Command) => void) & { q?: ArrayLike<Command> };

const svg = "http://www.w3.org/2000/svg";
const bubble = "M4 5h20a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H13l-6 5v-5H4a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2z";
const chevron = "M6 11l8 8 8-8";

/**
 * load puts the launcher on the host page and the conversation into a frame on
 * `origin`. Host and frame exchange arrays `["parley", kind, value]`; of what
 * the frame says only ready, open, unread and event exist.
 *
 * Source: A-109, WEB-04.
 */
export function load(origin: string, data: DOMStringMap): Parley {
  const listeners: Record<string, Listener[]> = Object.create(null);
  const waiting: Command[] = [];
  let french = /^fr/i.test(data.language || document.documentElement.lang || navigator.language);
  let unread = 0;
  let ready = false;

  const host = document.createElement("div");
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [sheet];
  const frame = document.createElement("iframe");
  const button = document.createElement("button");
  const badge = document.createElement("b");
  const icon = document.createElementNS(svg, "svg");
  const path = document.createElementNS(svg, "path");
  icon.setAttribute("viewBox", "0 0 28 28");
  icon.append(path);
  button.type = "button";
  button.append(icon, badge);
  frame.hidden = true;

  const draw = () => {
    const t = words[french ? "fr" : "en"];
    const open = !frame.hidden;
    path.setAttribute("d", open ? chevron : bubble);
    button.className = open ? "open" : "";
    button.setAttribute("aria-expanded", `${open}`);
    button.ariaLabel = (open ? t.close : t.open) + (unread ? t.unread.replace("{n}", `${unread}`) : "");
    badge.textContent = unread > 99 ? "99+" : `${unread}`;
    badge.hidden = !unread;
    host.lang = french ? "fr-CA" : "en";
    frame.title = t.title;
    document.title = (unread ? `(${unread}) ` : "") + document.title.replace(/^\(\d+\) /, "");
  };
  const paint = (accent: unknown) => {
    if (!/^#[0-9a-f]{6}$/i.test(`${accent}`)) return;
    const [r, g, b] = [1, 3, 5].map(
      (at) => (Number.parseInt(`${accent}`.slice(at, at + 2), 16) / 255) ** 2.2,
    );
    host.style.setProperty("--accent", `${accent}`);
    host.style.setProperty("--ink", 0.2126 * r! + 0.7152 * g! + 0.0722 * b! > 0.18 ? "#000" : "#fff");
  };
  const tell = (...command: Command) => {
    if (ready) frame.contentWindow!.postMessage(["parley", ...command], origin);
    else waiting.push(command);
  };
  const start = () => {
    if (frame.src) return;
    frame.src = `${origin}/widget/${encodeURIComponent(data.entryPoint || "")}#${location.origin}`;
    tell("page", location.href.split(/[?#]/)[0]);
    tell("language", data.language || document.documentElement.lang);
  };
  const show = (open: boolean, quiet?: unknown) => {
    if (open === !frame.hidden) return;
    start();
    frame.hidden = !open;
    draw();
    if (!quiet) (open ? frame : button).focus();
    tell(open ? "open" : "close");
  };
  const emit = (name: string, detail: unknown) => {
    for (const listener of listeners[name] ?? []) listener(detail);
  };

  window.addEventListener("message", ({ origin: from, source, data: said }) => {
    if (from !== origin || source !== frame.contentWindow) return;
    if (!Array.isArray(said) || said[0] !== "parley") return;
    const [, kind, value, detail] = said;
    if (kind === "ready") {
      ready = true;
      for (const command of waiting.splice(0)) tell(...command);
      paint(value);
    } else if (kind === "open") {
      show(value === true, detail);
    } else if (kind === "unread" && value >= 0) {
      unread = value;
      draw();
      emit("unread", value);
    } else if (kind === "event" && typeof value === "string") emit(value, detail);
  });
  button.onclick = () => show(frame.hidden);

  paint("#2f4b8f");
  paint(data.accent);
  root.append(frame, button);
  draw();
  document.body.append(host);
  (window.requestIdleCallback ?? setTimeout)(start);

  return (name, ...args) => {
    if (name === "open" || name === "close") return show(name === "open");
    if (name === "on") {
      const [event, listener] = args as [string, Listener];
      listeners[event] = [...(listeners[event] ?? []), listener];
      return;
    }
    if (name === "setLanguage") {
      french = /^fr/i.test(`${args[0]}`);
      draw();
    }
    start();
    tell(name === "setLanguage" ? "language" : name, ...args);
  };
}
