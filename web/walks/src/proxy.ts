import {
  createServer,
  type Server as HttpServer,
  type IncomingMessage,
  request,
  type ServerResponse,
} from "node:http";

/** What a proxy between browser and server does to live news. */
interface Habits {
  /** A connection is cut when it has lasted that long. Unit: milliseconds; 0 = never. */
  cutAfter: number;
  /** Every answer is kept until it is whole, whatever the server asks. */
  holds?: boolean;
}

/**
 * OldProxy stands between browser and server: it knows no WebSocket, keeps an answer until it is whole
 * (unless the server asks it not to, by X-Accel-Buffering, and it heeds that), and cuts what lasts.
 */
export class OldProxy {
  upgradesRefused = 0;
  cuts = 0;
  streams = 0;
  /** Live answers that came to their end by themselves. */
  whole = 0;
  private readonly server: HttpServer;

  constructor(
    private readonly target: number,
    private readonly habits: Habits,
  ) {
    this.server = createServer((from, to) => this.pass(from, to));
    this.server.on("upgrade", (_, socket) => {
      this.upgradesRefused++;
      socket.end("HTTP/1.1 502 Bad Gateway\r\nConnection: close\r\n\r\n");
    });
  }

  async listen(): Promise<string> {
    await new Promise<void>((done) => this.server.listen(0, "127.0.0.1", done));
    return `http://127.0.0.1:${(this.server.address() as { port: number }).port}`;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private pass(from: IncomingMessage, to: ServerResponse): void {
    const { method, url: path, headers } = from;
    const onward = request({ host: "127.0.0.1", port: this.target, method, path, headers }, (answer) => {
      const begin = () => to.writeHead(answer.statusCode ?? 502, answer.headers);
      const held: Buffer[] = [];
      const news = answer.headers["x-accel-buffering"] === "no";
      const live = news && !this.habits.holds;
      if (live) begin();
      if (news) this.streams++;
      if (news && this.habits.cutAfter > 0) setTimeout(() => this.cut(answer, to), this.habits.cutAfter);
      answer.on("data", (bytes: Buffer) => (live ? to.write(bytes) : held.push(bytes)));
      answer.on("end", () => {
        if (news) this.whole++;
        if (!live) begin();
        to.end(Buffer.concat(held));
      });
      answer.on("error", () => to.destroy());
    });
    onward.on("error", () => to.destroy());
    to.on("close", () => onward.destroy());
    from.pipe(onward);
  }

  private cut(answer: IncomingMessage, to: ServerResponse): void {
    if (answer.complete || to.destroyed) return;
    this.cuts++;
    answer.destroy();
    to.destroy();
  }
}
