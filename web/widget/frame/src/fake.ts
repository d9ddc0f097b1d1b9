import type { EntryPointView, Message, VisitorView } from "@parley/protocol/visitor";
import { vi } from "vitest";

/** How many messages come at once. Unit: messages. */
const page = 50;

/** What a request came with, and how it was answered. */
interface Seen {
  method: string;
  path: string;
  body: Record<string, unknown>;
  status: number;
}

/** Server is a small stand-in for the visitor's doors, for tests: it can be away, and it can lose its answers. */
export class Server {
  readonly seen: Seen[] = [];
  readonly sockets: FakeSocket[] = [];
  /** No request reaches the server. */
  away = false;
  /** The next n messages or conversations are taken, and the answers lost. */
  loseAnswers = 0;
  /** The next refusals, by path ending. */
  refuse: { path: string; status: number; code: string }[] = [];
  entry: EntryPointView = {
    id: "ent_demo",
    open: true,
    opens_at: 0,
    zone: "America/Toronto",
    title: "Maple & Wool",
    greeting: "",
    closed_text: "",
    form: [{ name: "question", required: true }],
    skip_queue: true,
    offline_form: true,
    position: true,
    customer_end: true,
    accent: "#2f5d50",
    language: "en",
    limit: 5000,
  };
  n = 10;
  state: VisitorView["state"] = "waiting";
  /** The line they stand in, "" while a menu asks. */
  queue = "Support";
  /** The queue or the script has given up on them. */
  gaveUp = false;
  messages: Message[] = [];
  private tokens: string[] = [];
  private begun = "";

  install(): void {
    localStorage.clear();
    sessionStorage.clear();
    vi.stubGlobal("fetch", (path: string, init?: RequestInit) => this.fetch(path, init));
    const { sockets } = this;
    vi.stubGlobal(
      "WebSocket",
      class extends FakeSocket {
        constructor(url: URL, protocols: string[]) {
          super(url, protocols);
          sockets.push(this);
        }
      },
    );
  }

  view(): VisitorView {
    return {
      id: "con_01",
      state: this.state,
      agent: this.state === "chatting" ? { display_name: "Amy" } : null,
      agent_away: false,
      transferring: false,
      queue_name: this.queue,
      wait_text: "",
      customer_end: true,
      may_skip: true,
      ended_by: "",
      last_seq: this.messages.length,
      limit: 5000,
      language: "en",
      form_after_end: this.gaveUp,
      may_mail: false,
    };
  }

  /** say adds a message, and returns the one that a repeat finds. */
  say(sender: Message["sender"], text: string, client_id = ""): Message {
    const held = client_id && this.messages.find((m) => m.client_id === client_id);
    if (held) return held;
    const seq = this.messages.length + 1;
    const agent = sender === "customer" ? null : { id: "agt_01", display_name: "Amy" };
    const ids = { id: `msg_${seq}`, conversation_id: "con_01", interaction_id: "int_01", client_id };
    const message = { ...ids, seq, sender, agent, text, at: 1_772_442_000_000 + seq };
    this.messages.push(message);
    this.n++;
    return message;
  }

  posted(ending: string): Seen[] {
    return this.seen.filter((s) => s.path.endsWith(ending) && s.method !== "GET");
  }

  /** expire makes every token worthless. */
  expire(): void {
    this.tokens = [];
  }

  private async fetch(path: string, init: RequestInit = {}): Promise<Response> {
    if (path.endsWith(".json")) return Response.json({});
    const { method = "GET" } = init;
    const body = JSON.parse((init.body as string) ?? "{}");
    const token = new Headers(init.headers).get("Authorization")?.slice("Bearer ".length) ?? "";
    if (this.away) throw new TypeError("Failed to fetch");
    const [status, answer] = this.answer(method, path.replace("/api/public/", ""), body, token);
    this.seen.push({ method, path, body, status });
    if (/(messages|conversations)$/.test(path) && this.loseAnswers > 0) {
      this.loseAnswers--;
      throw new TypeError("Failed to fetch");
    }
    return Response.json(answer, { status });
  }

  private answer(
    method: string,
    path: string,
    body: Record<string, string>,
    token: string,
  ): [number, unknown] {
    const refusal = this.refuse.findIndex((r) => path.endsWith(r.path));
    if (refusal >= 0) {
      const { status, code } = this.refuse.splice(refusal, 1)[0]!;
      return [status, { status, code, request_id: "req_01" }];
    }
    if (path.startsWith("entry-points/") && method === "GET") return [200, this.entry];
    if (path.endsWith("/offline")) return [201, {}];
    if (path.endsWith("/conversations")) {
      this.tokens = [`vt_${this.seen.length}`];
      if (this.begun !== body.client_id) {
        this.begun = body.client_id!;
        this.say("customer", body.question ?? "", `${body.client_id}-q`);
      }
      return [201, { token: this.tokens[0], conversation: this.view() }];
    }
    if (!this.tokens.includes(token)) return [401, { status: 401, code: "unauthenticated" }];
    if (path === "live/ticket") return [200, { ticket: "tkt_01" }];
    if (path === "conversation") {
      return [200, { n: this.n, now: 0, conversation: this.view(), messages: this.messages.slice(-page) }];
    }
    const before = Number(path.split("/messages?before=")[1]);
    if (before) return [200, { items: this.messages.filter((m) => m.seq < before).slice(-page), next: "" }];
    if (path === "conversation/messages") {
      const { id, seq, at } = this.say("customer", body.text!, body.client_id);
      return [201, { id, seq, at }];
    }
    return [200, {}];
  }
}

/** FakeSocket is a WebSocket whose other end the test holds. */
class FakeSocket {
  onmessage: ((message: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  closed = false;
  constructor(
    readonly url: URL,
    readonly protocols: string[],
  ) {}
  close(code = 1000): void {
    if (this.closed) return;
    this.closed = true;
    this.onclose?.({ code });
  }
  /** tell is what the server says. */
  tell(wire: unknown): void {
    this.onmessage?.({ data: JSON.stringify(wire) });
  }
}
