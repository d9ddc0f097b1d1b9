import type { EntryPointView, VisitorSnapshot, VisitorWire } from "@parley/protocol/visitor";
import { ask, passing, send } from "./api";
import type { Files } from "./files";
import { perform } from "./job";
import { alone, type Fields, type Job, Keep, type Kept } from "./keep";
import { follow } from "./live";
import { Outbox } from "./outbox";
import { first, live, type State, unreadOf, unsaid } from "./state";
import { mirror, take } from "./take";
import { newId, normal } from "./text";
import { Bell, backoff } from "./wait";
import { type Language, language, load } from "./words";

/** Host is the page that shows the widget, or nobody. */
export interface Host {
  ready(accent: string): void;
  /** Quietly is without taking the focus from the page. */
  open(open: boolean, quiet?: boolean): void;
  unread(n: number): void;
  event(name: string, detail?: unknown): void;
}

/** How long a break may last before it is shown. Unit: milliseconds. Source: ux 9. */
const shownAfter = 2_000;
/** How long "typing" is shown without news. Unit: milliseconds. Source: T_typing. */
const typingFor = 6_000;
/** Somebody who types for no longer than that has stopped. Unit: milliseconds. */
const typingOver = 500;
/** How often typing is told, at most. Unit: milliseconds. */
const typingEach = 3_000;
/** How long receipts are gathered. Unit: milliseconds. */
const receiptAfter = 300;

/** Chat is one visitor at one entry point: what the window shows, and all that changes it. */
export class Chat {
  state: State;
  readonly bell = new Bell();
  readonly keep: Keep;
  readonly outbox = new Outbox(this);
  /** Made when there are any. */
  files: Files | null = null;
  page = "";
  /** Who asked for the end: the visitor (user) or their site (api). */
  endedBy = "";
  private readonly watchers = new Set<() => void>();
  private stop: AbortController | null = null;
  private working = false;
  private entering: Promise<void> | null = null;
  private wanted: Language = "en";
  /** How far the server's clock is ahead of ours. Unit: milliseconds. */
  private ahead = 0;
  private typedAt = 0;
  private told = "";
  private timers: Record<string, ReturnType<typeof setTimeout>> = {};

  constructor(
    readonly entryPoint: string,
    readonly host: Host,
  ) {
    this.keep = new Keep(`parley.${entryPoint}`, () => this.elsewhere());
    const kept = this.keep.read();
    this.state = first(kept, language(kept.language) ?? language(navigator.language) ?? "en");
    window.addEventListener("online", () => this.bell.ring());
    window.addEventListener("offline", () => this.linked(false));
    document.addEventListener("visibilitychange", () => this.look());
    window.addEventListener("focus", () => this.look());
  }

  watch(watcher: () => void): () => void {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  set(change: Partial<State>): void {
    this.state = { ...this.state, ...change };
    for (const watcher of this.watchers) watcher();
  }

  /** boot goes on with what this browser remembers, and fetches what the window needs to open at once (UX-62). */
  async boot(): Promise<void> {
    await this.speak(this.state.language);
    const { token, job } = this.keep.read();
    if (token) this.resume();
    if (job) this.work();
    this.enter();
  }

  /** enter loads what the entry point looks like, and shows its form if nothing else is going on; it ends when it has. */
  async enter(): Promise<void> {
    if (this.state.entry) return;
    this.entering ??= this.meet();
    await this.entering;
  }

  private async meet(): Promise<void> {
    for (let failures = 0; !this.state.entry; failures++) {
      try {
        await this.look_up();
      } catch (error) {
        if (!passing(error)) return this.set({ view: "gone" });
        if (failures > 0) this.set({ link: "offline" });
        await this.bell.pause(backoff(failures));
      }
    }
    this.entering = null;
    if (this.state.link === "offline" && !this.stop) this.set({ link: "up" });
    if (this.state.view === "loading") this.offer();
  }

  /** look_up asks for the entry point's words and hours in the visitor's language. */
  async look_up(): Promise<void> {
    const { language: asked } = this.state;
    const path = `entry-points/${encodeURIComponent(this.entryPoint)}?language=${asked}`;
    const entry = await ask<EntryPointView>("GET", path);
    if (asked !== this.state.language) return this.look_up(); // the site chose another meanwhile
    this.set({ entry });
    this.host.ready(entry.accent);
    const own = language(entry.language);
    if (own && own !== this.wanted && !this.keep.read().language && !language(navigator.language))
      this.speak(own);
  }

  /** offer shows what a visitor without a conversation can do now. */
  offer(): void {
    const { entry } = this.state;
    const view = !entry ? "loading" : entry.open ? "form" : entry.offline_form ? "leave" : "closed";
    this.set({ view, mirror: null, position: 0, typing: "" });
    if (view === "form") this.host.event("form");
    if (view === "leave") this.host.event("offline_form");
  }

  /** resume fetches the conversation of the token and follows it. */
  async resume(): Promise<void> {
    this.enter();
    if (this.state.view === "loading") this.set({ view: "chat" });
    for (let failures = 0; ; failures++) {
      const { token } = this.keep.read();
      if (!token) return;
      try {
        await this.refresh();
        break;
      } catch (error) {
        if (!passing(error)) {
          if (this.keep.read().token === token) return this.expire();
          continue;
        }
        this.linked(false);
        await this.bell.pause(backoff(failures));
      }
    }
    this.follow();
    this.outbox.drain();
  }

  /** refresh fetches the conversation whole: a snapshot has its newest lines. Errors: Refusal. */
  async refresh(): Promise<void> {
    const { token } = this.keep.read();
    const snapshot = await ask<VisitorSnapshot>("GET", "conversation", token);
    const { messages } = mirror(snapshot, this.state.mirror?.messages);
    if (messages.length < snapshot.conversation.last_seq)
      snapshot.messages = await import("./history")
        .then((m) => m.whole(messages, token))
        .catch(() => messages);
    if (this.keep.read().token !== token) return;
    this.mirrored(mirror(snapshot, this.state.mirror?.messages));
  }

  follow(): void {
    this.stop?.abort();
    const stop = new AbortController();
    this.stop = stop;
    follow(
      {
        ticket: async () => {
          const { token } = this.keep.read();
          return (await ask<{ ticket: string }>("POST", "live/ticket", token, {})).ticket;
        },
        after: () => this.state.mirror?.n ?? 0,
        take: (wire) => this.hear(wire),
        link: (up) => this.linked(up),
        poll: () => this.refresh(),
        over: () => this.expire(),
      },
      this.bell,
      stop.signal,
    );
  }

  /** hear takes one thing from the wire: the link is up. A fault of ours in it must not end the news: the whole is fetched. */
  private hear(wire: VisitorWire): void {
    try {
      if (this.state.link !== "up") this.linked(true);
      if (wire.hello) this.ahead = wire.hello.now - Date.now();
      if (wire.gauges?.position) this.set({ position: wire.gauges.position });
      if (wire.typing?.by === "agent") this.typing(wire.typing.name, wire.typing.until_ms);
      if (!wire.frame || !this.state.mirror) return;
      const next = take(this.state.mirror, wire.frame);
      if (next) this.mirrored(next);
      else this.refresh().catch(() => this.follow());
    } catch {
      clearTimeout(this.timers.heal);
      this.timers.heal = setTimeout(() => this.refresh().catch(() => {}), backoff(2));
    }
  }

  private typing(name: string, until: number): void {
    clearTimeout(this.timers.typing);
    const left = Math.min(until - Date.now() - this.ahead, typingFor);
    this.set({ typing: left > typingOver ? name : "" });
    this.timers.typing = setTimeout(() => this.set({ typing: "" }), left);
  }

  /** mirrored shows what the server said, and settles what it has of ours. */
  private mirrored(next: NonNullable<State["mirror"]>): void {
    const before = this.state.mirror;
    for (const { client_id } of this.keep.read().outbox) {
      if (next.messages.some((m) => m.client_id === client_id)) this.keep.settle(client_id);
    }
    const newest = next.messages.at(-1);
    const spoke = newest?.sender === "agent" && newest.seq > (before?.messages.at(-1)?.seq ?? 0);
    const { view } = this.state;
    const is = next.conversation.state;
    if (!before && is !== "ended" && this.keep.opened()) this.host.open(true, true);
    const form = is === "waiting" ? "skip" : is === "chatting" ? "" : "leave";
    const stay = view === "again" || view === "sent" || view === form;
    this.set({
      mirror: next,
      outbox: this.keep.read().outbox,
      view: stay ? view : "chat",
      ...(spoke || is === "ended" ? { typing: "" } : {}),
    });
    if (before && before.conversation.state !== is) {
      if (is === "chatting") this.host.event("chat");
      if (is === "ended") this.host.event("end", { reason: this.endedBy || next.conversation.ended_by });
      this.endedBy = "";
    }
    this.look();
  }

  /** linked shows a break once it has lasted. */
  private linked(up: boolean): void {
    clearTimeout(this.timers.link);
    if (up) {
      this.set({ link: "up" });
      this.told = "";
      this.look();
      this.bell.ring();
      this.outbox.drain();
    } else if (this.state.link === "up") {
      const show = () => this.set({ link: navigator.onLine ? "slow" : "offline" });
      this.timers.link = setTimeout(show, shownAfter);
    } else this.set({ link: navigator.onLine ? "slow" : "offline" });
  }

  /** look counts what is unread, and tells the server what has arrived and what was seen. */
  look(): void {
    const { mirror, open } = this.state;
    const last = mirror?.messages.at(-1)?.seq ?? 0;
    let { seen } = this.keep.read();
    if (open && !document.hidden && last > seen) seen = this.keep.write({ seen: last }).seen;
    const unread = unreadOf(mirror, seen);
    if (unread !== this.state.unread) {
      this.set({ unread });
      this.host.unread(unread);
    }
    if (!last || `${last} ${seen}` === this.told) return;
    clearTimeout(this.timers.receipt);
    this.timers.receipt = setTimeout(() => {
      const { token } = this.keep.read();
      this.told = `${last} ${seen}`;
      if (token) send("PUT", "conversation/receipt", token, { delivered: last, read: seen }).catch(() => {});
    }, receiptAfter);
  }

  /** elsewhere follows what another tab of this visitor has changed, and does what that one is closed over: a lock tells. */
  private elsewhere(): void {
    const kept = this.keep.read();
    this.set({ outbox: kept.outbox, job: kept.job });
    if (kept.job && !this.working && navigator.locks) this.work().then(() => this.elsewhere());
    if (kept.token && !this.stop && !this.working) this.resume();
    if (!kept.token && this.stop) this.leave();
    this.look();
  }

  /** show is told when the window is opened or closed. */
  show(open: boolean): void {
    if (open === this.state.open) return;
    this.set({ open, seen: this.keep.read().seen });
    this.keep.opened(open);
    this.host.event(open ? "open" : "close");
    if (open) this.enter();
    this.look();
  }

  /** write keeps what is being typed, and tells the agent that it is. */
  write(draft: string): void {
    this.set({ draft });
    clearTimeout(this.timers.draft);
    this.timers.draft = setTimeout(() => this.keep.write({ draft }), 300);
    const now = Date.now();
    if (!draft || now - this.typedAt < typingEach) return;
    this.typedAt = now;
    this.tellTyping(true);
  }

  private tellTyping(typing: boolean): void {
    const { token } = this.keep.read();
    if (token && this.state.link === "up")
      send("POST", "conversation/typing", token, { typing }).catch(() => {});
  }

  /** say queues a message; it is sent as soon as it can be, once, in order. */
  say(text: string): void {
    clearTimeout(this.timers.draft);
    this.keep.write({ draft: "" });
    const files = this.files?.take();
    this.keep.push(normal(text.trim() ? text : ""), files?.length ? files : undefined);
    if (this.typedAt) this.tellTyping(false);
    this.typedAt = 0;
    this.set({ draft: "", outbox: this.keep.read().outbox });
    this.outbox.drain();
  }

  /** begin, end and the rest are jobs: they happen once, also if the page is left meanwhile. */
  ask(kind: Job["kind"], fields: Fields = {}): void {
    const job = { kind, client_id: newId(), fields };
    this.keep.write({ job });
    this.keep.typed({});
    this.set({
      job,
      trouble: null,
      fields: kind === "end" ? this.state.fields : { ...this.state.fields, ...fields },
    });
    this.work();
  }

  private async work(): Promise<void> {
    if (this.working) return;
    this.working = true;
    try {
      await alone(`parley.${this.entryPoint}.job`, () => perform(this));
    } finally {
      this.working = false;
    }
    this.outbox.drain();
  }

  /** again opens the form of a new chat, with what could not be said in the old one. */
  again(): void {
    const kept = this.keep.read();
    this.set({ view: "again", fields: { ...this.state.fields, question: unsaid(kept) } });
    this.keep.write({ outbox: [], draft: "" });
    this.set({ outbox: [], draft: "" });
  }

  /** expire is called when the token is good no more: what was not said becomes the next question. */
  expire(): void {
    const kept = this.keep.read();
    const said = unsaid(kept);
    const over = !live(this.state);
    this.leave();
    this.keep.write({ token: "", outbox: [], job: null, draft: "", seen: 0 });
    const trouble = over ? null : { code: "expired", request: "", fields: {} };
    this.set({ outbox: [], job: null, draft: "", trouble, fields: { ...this.state.fields, question: said } });
  }

  /** done forgets a conversation that is over for good. */
  done(): void {
    this.keep.write({ token: "", outbox: [], draft: "", seen: 0 });
    this.set({ outbox: [], draft: "" });
    this.leave();
  }

  /** leave stops following and shows what a newcomer sees. */
  private leave(): void {
    this.stop?.abort();
    this.stop = null;
    for (const timer of Object.values(this.timers)) clearTimeout(timer);
    this.set({ mirror: null, link: "up", unread: 0, view: "loading", uploads: [] });
    this.host.unread(0);
    this.told = "";
    if (this.state.entry) this.offer();
    else if (this.state.open) this.enter();
  }

  /** reset forgets the visitor: another person may be in front of the screen. Source: A-037. */
  reset(): void {
    this.keep.forget();
    this.set({ entry: null }); // a form is begun anew with it, empty
    this.leave();
    this.set({ outbox: [], job: null, draft: "", fields: {}, trouble: null, seen: 0 });
  }

  /** speak fetches the words of a language, and ours of the entry point, and changes to it; the last wish counts. */
  async speak(to: Language): Promise<void> {
    this.wanted = to;
    for (let failures = 0; this.wanted === to; failures++) {
      try {
        const t = await load(to);
        if (this.wanted === to) this.set({ t, language: to });
        break;
      } catch {
        await this.bell.pause(backoff(failures));
      }
    }
    if (this.state.entry && this.wanted === to) this.look_up().catch(() => {});
  }

  /** introduce takes what the site knows of its customer; a different customer starts afresh. Source: A-037, WEB-05. */
  introduce(fields: Fields): void {
    const who = fields.account_number || fields.email || "";
    const kept: Kept = this.keep.read();
    if (who && kept.who && kept.who !== who) this.reset();
    if (who) this.keep.write({ who });
    this.set({ fields: { ...this.state.fields, ...fields } });
  }
}
