import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { promisify } from "node:util";

const binary = resolve(process.env.PARLEY_BIN ?? "../../bin/parley");

/** A PostgreSQL to walk on instead of files: each server has a schema of its own there. */
const postgres = process.env.PARLEY_DATABASE ?? "";

/** Server is the real binary with the demo center, on a port and a data folder of its own. */
export class Server {
  private process: ChildProcess | null = null;
  private said = "";

  private constructor(
    readonly port: number,
    private readonly data: string,
  ) {}

  static async start(): Promise<Server> {
    const server = new Server(await freePort(), await mkdtemp(join(tmpdir(), "parley-walk-")));
    await server.up();
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** up starts the process and returns when it serves. */
  async up(): Promise<void> {
    const flags = [
      "--demo",
      "--data",
      this.data,
      "--listen",
      `127.0.0.1:${this.port}`,
      "--metrics-listen",
      "off",
    ];
    if (postgres)
      flags.push(
        "--database",
        `${postgres}?schema=${basename(this.data).toLowerCase().replaceAll("-", "_")}`,
      );
    const child = spawn(binary, ["serve", ...flags], { stdio: ["ignore", "pipe", "pipe"] });
    this.process = child;
    child.stdout.on("data", (bytes) => this.hear(bytes));
    child.stderr.on("data", (bytes) => this.hear(bytes));
    for (;;) {
      if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}:\n${this.said}`);
      const ready = await fetch(`${this.url}/readyz`).then(
        (r) => r.ok,
        () => false,
      );
      if (ready) return;
      await new Promise((done) => setTimeout(done, 50));
    }
  }

  /** kill ends the process as a power cut does. */
  async kill(): Promise<void> {
    await this.end("SIGKILL");
  }

  /** verify audits what is on the disk, with the server down. It fails if a record breaks an invariant. */
  async verify(): Promise<string> {
    await this.end("SIGTERM");
    const { stdout } = await promisify(execFile)(binary, ["verify", "--data", this.data]);
    return stdout.trim();
  }

  async stop(): Promise<void> {
    await this.end("SIGTERM");
    await rm(this.data, { recursive: true, force: true });
  }

  private async end(signal: "SIGKILL" | "SIGTERM"): Promise<void> {
    const child = this.process;
    this.process = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((done) => child.once("exit", done));
    child.kill(signal);
    await gone;
  }

  private hear(bytes: Buffer): void {
    this.said = (this.said + bytes.toString()).slice(-4_000);
  }
}

/** freePort returns a port nobody listens on. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((done) => probe.listen(0, "127.0.0.1", done));
  const { port } = probe.address() as { port: number };
  await new Promise((done) => probe.close(done));
  return port;
}
