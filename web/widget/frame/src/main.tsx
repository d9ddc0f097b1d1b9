import "./tokens.css";
import { render } from "preact";
import { App } from "./App";
import { Chat } from "./chat";
import { fromHost, prefer, site, toHost } from "./host";
import { language } from "./words";

const entryPoint = decodeURIComponent(location.pathname.split("/").filter(Boolean).at(-1) ?? "");
const chat = new Chat(entryPoint, toHost);
fromHost(chat);
const asked = language(new URLSearchParams(location.search).get("language"));
chat.boot().then(() => {
  if (asked) prefer(chat, asked);
  render(<App chat={chat} />, document.getElementById("root")!);
  if (site) toHost.ready("");
  else chat.show(true);
});

window.addEventListener("beforeunload", (event) => {
  if (chat.state.outbox.some((p) => !p.failed) || chat.state.draft) event.preventDefault();
});
