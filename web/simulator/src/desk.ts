import { useEffect, useState } from "preact/hooks";
import { type Account, type Change, control, type Network, Refusal, type Said, type Thread } from "./api";
import { answers, complete, idOf, type Phone, put, sorted, web } from "./phones";
import { type Key, type Language, language, type Words, wordsOf } from "./words";

/** The parts of the page; a narrow screen shows one at a time. */
export type Part = "phones" | "scenarios" | "weather" | "records" | "requests";

export interface State {
  language: Language;
  part: Part;
  /** There is room for one phone only. */
  narrow: boolean;
  /** The agent's workspace stands beside the phones. */
  split: boolean;
  accounts: Account[];
  networks: Network[];
  phones: Phone[];
  /** The ids of the phones on the table. */
  shown: string[];
  /** Threads by id: whole of the phones on the table, else with their last message. */
  threads: Record<string, Thread>;
  /** How many answers a phone's owner has seen. */
  seen: Record<string, number>;
  /** Why the page shows nothing: nobody is signed in who may, or no connection. */
  trouble: "" | "offline" | "forbidden";
  ready: boolean;
}

/** What is remembered between visits. */
const kept = "simulator";
/** What the style sheets call narrow as well. */
const narrow = "(max-width: 47.99rem)";
/** How many phones others made (by scenarios) are listed. */
const othersMax = 50;

/** Desk holds what the page shows, and asks the simulator. */
export class Desk {
  state: State;
  private readonly listeners = new Set<() => void>();
  private after = 0;

  constructor() {
    const { phones = [], shown = [], language: chosen } = this.recall();
    this.state = {
      language: chosen ?? language(navigator.language) ?? "en",
      part: "phones",
      narrow: matchMedia(narrow).matches,
      split: false,
      accounts: [],
      networks: [],
      phones,
      shown,
      threads: {},
      seen: {},
      trouble: "",
      ready: false,
    };
  }

  /** words translates into the page's language, or a phone's. */
  words(of: Language = this.state.language): Words {
    return wordsOf(of);
  }

  /** compact reports whether one phone is shown at a time. */
  get compact(): boolean {
    return this.state.narrow || this.state.split;
  }

  set(change: Partial<State>): void {
    this.state = { ...this.state, ...change };
    this.keep();
    for (const tell of this.listeners) tell();
  }

  follow(tell: () => void): () => void {
    this.listeners.add(tell);
    return () => this.listeners.delete(tell);
  }

  /** open loads what there is, and then follows it for as long as the page lives. */
  async open(): Promise<void> {
    const media = matchMedia(narrow);
    media.addEventListener("change", () => this.set({ narrow: media.matches }));
    for (;;) {
      try {
        if (this.after === 0) await this.load();
        await this.hear();
      } catch (error) {
        const refused = error instanceof Refusal && (error.status === 401 || error.status === 403);
        this.set({ trouble: refused ? "forbidden" : "offline" });
        this.after = 0;
        await new Promise((done) => setTimeout(done, 2_000));
      }
    }
  }

  /** load asks for everything again. */
  async load(): Promise<void> {
    const [{ accounts }, { networks }, { threads, n }] = await Promise.all([
      control<{ accounts: Account[] }>("GET", "accounts"),
      control<{ networks: Network[] }>("GET", "networks"),
      control<{ threads: Thread[]; n: number }>("GET", `threads?limit=${othersMax}`),
    ]);
    const phones = phonesAt(accounts, networks, this.state.phones);
    const ids = phones.map(idOf);
    const all = Object.fromEntries(threads.map((t) => [t.id, t]));
    const shown = this.state.shown.filter((id) => ids.includes(id) || id in all);
    if (shown.length === 0) shown.push(...ids.slice(0, 2));
    this.after = Math.max(n, 1);
    this.set({
      accounts: sorted(accounts),
      networks,
      phones,
      shown,
      threads: all,
      trouble: "",
      ready: true,
    });
    const told = new Set([...ids, ...shown]);
    const some = threads.length < othersMax ? [...told].filter((id) => id in all) : [...told];
    await Promise.all(some.map((id) => this.fetch(id))); // who has said nothing has no thread to ask for
    this.look(...this.state.shown);
  }

  /** meet takes in that accounts came or went: a new one has its phone at once. */
  private async meet(): Promise<void> {
    const { accounts } = await control<{ accounts: Account[] }>("GET", "accounts");
    const phones = phonesAt(accounts, this.state.networks, this.state.phones);
    this.set({ accounts: sorted(accounts), phones });
  }

  /** fetch loads a whole thread; a phone that has said nothing has none. */
  private async fetch(id: string): Promise<void> {
    if (id.startsWith(`${web}/`)) return;
    const path = id.split("/").map(encodeURIComponent).join("/");
    const thread = await control<Thread>("GET", `threads/${path}`).catch((error) => {
      if (error instanceof Refusal && error.status === 404) return null;
      throw error;
    });
    const { [id]: _, ...rest } = this.state.threads;
    this.set({ threads: thread ? { ...rest, [id]: thread } : rest });
  }

  /** hear waits for what changes, and takes it in. */
  private async hear(): Promise<void> {
    const { changes, n } = await control<{ changes: Change[]; n: number }>(
      "GET",
      `events?after=${this.after}`,
    );
    if (this.state.trouble) this.set({ trouble: "" });
    const gap = n < this.after || (changes.length > 0 && changes[0]!.n > this.after + 1);
    this.after = gap ? 0 : n;
    if (gap) return;
    const whole = new Set<string>();
    const threads = { ...this.state.threads };
    if (changes.some((c) => c.account)) await this.meet();
    for (const { thread: id, message, account } of changes) {
      if (account) continue;
      const thread = threads[id];
      if (thread && message.id) threads[id] = put(thread, message);
      else whole.add(id);
    }
    this.set({ threads });
    await Promise.all([...whole].slice(0, othersMax).map((id) => this.fetch(id)));
    this.look(...this.state.shown);
  }

  /** say lets a phone do something. It throws a Refusal that says what the center answered. */
  async say(said: Said): Promise<void> {
    const phone = this.state.phones.find((p) => p.account === said.account && p.from === said.from);
    await control("POST", "say", { ...said, ...(phone && { options: { language: phone.language } }) });
  }

  /** show puts a phone on the table, or takes it away. */
  show(id: string, on: boolean): void {
    const shown = this.state.shown.filter((other) => other !== id);
    this.set({ shown: on ? [id, ...shown] : shown });
    if (on) {
      void this.fetch(id).then(() => this.look(id));
    }
  }

  /** look notes that a phone's owner has seen all answers. */
  private look(...ids: string[]): void {
    const seen = { ...this.state.seen };
    for (const id of ids) seen[id] = answers(this.state.threads[id]);
    this.set({ seen });
  }

  /** add makes a phone and puts it on the table. */
  add(phone: Phone): void {
    const others = this.state.phones.filter((p) => idOf(p) !== idOf(phone));
    this.set({ phones: [...others, phone] });
    this.show(idOf(phone), true);
  }

  /** reset makes the simulator forget what every phone said. */
  async reset(): Promise<void> {
    await control("POST", "reset");
    this.set({ threads: {}, seen: {} });
    await this.load();
  }

  /** others are phones that scenarios made, the newest first. */
  others(): Phone[] {
    const mine = new Set(this.state.phones.map(idOf));
    return Object.values(this.state.threads)
      .filter((t) => !mine.has(t.id))
      .slice(0, othersMax)
      .map((t) => ({ account: t.account, from: t.who, name: t.name, language: "en" as const }));
  }

  /** phone finds a phone by its id, ours or one that a scenario made. */
  phone(id: string): Phone | undefined {
    return [...this.state.phones, ...this.others()].find((p) => idOf(p) === id);
  }

  /** network returns the network of an account. */
  network(account: string): string {
    return this.state.accounts.find((a) => a.id === account)?.network ?? account;
  }

  /** place names an account: its network, and which of them where there are more. */
  place(account: string): string {
    const network = this.network(account);
    const more = this.state.accounts.filter((a) => a.network === network).length > 1;
    return this.words()(`network.${network}` as Key) + (more ? ` (${account})` : "");
  }

  /** phoned are the accounts that have phones. */
  get phoned(): Account[] {
    return this.state.accounts.filter((a) => !this.crms.includes(a));
  }

  /** crms are the accounts that hold records instead. */
  get crms(): Account[] {
    return this.state.accounts.filter((a) =>
      this.state.networks.some((n) => n.name === a.network && n.kinds.length === 0),
    );
  }

  /** can reports whether a phone of a network can do something. */
  can(network: string, kind: string): boolean {
    return this.state.networks.find((n) => n.name === network)?.kinds.includes(kind) ?? false;
  }

  private keep(): void {
    const { phones, shown, language: chosen } = this.state;
    try {
      localStorage.setItem(kept, JSON.stringify({ phones, shown, language: chosen }));
    } catch {
      // a full or forbidden storage: the next visit begins anew
    }
  }

  private recall(): Partial<Pick<State, "phones" | "shown" | "language">> {
    try {
      return JSON.parse(localStorage.getItem(kept) ?? "{}");
    } catch {
      return {};
    }
  }
}

/** phonesAt are the phones whose account is there, and one for each account that has none. */
function phonesAt(accounts: Account[], networks: Network[], phones: Phone[]): Phone[] {
  const known = (phone: Phone) => phone.account === web || accounts.some((a) => a.id === phone.account);
  const called = accounts.filter((a) => networks.some((n) => n.name === a.network && n.kinds.length > 0));
  return complete(phones.filter(known), called);
}

/** useDesk returns what the page shows now, and shows it anew when it changes. */
export function useDesk(desk: Desk): State {
  const [state, set] = useState(desk.state);
  useEffect(() => desk.follow(() => set(desk.state)), [desk]);
  return state;
}
