import { expect } from "vitest";
import type { Stage } from "./stage";

/** Control does something at the simulated networks that no phone of the page can. Source: networks.md 13. */
export class Control {
  constructor(private readonly at: Stage) {}

  /** late has somebody's message come, who wrote it so many hours ago. Returns the network's id of it. */
  async late(account: string, from: string, text: string, hours: number): Promise<string> {
    const options = { late_s: `${hours * 3_600}` };
    return (await this.ask<{ id: string }>("POST", "say", { account, from, kind: "text", text, options })).id;
  }

  /** account opens one at a simulated network. Returns where it is: SMPP's host and port among it. */
  async account(account: {
    id: string;
    network: string;
    webhook: string;
    settings: Record<string, string>;
  }): Promise<Record<string, string>> {
    const made = await this.ask<{ settings: Record<string, string> }>("POST", "accounts", account);
    return made.settings;
  }

  /** opened waits until an account is there. */
  async opened(id: string): Promise<void> {
    const there = async () => (await this.ask<{ accounts: { id: string }[] }>("GET", "accounts")).accounts;
    await expect.poll(async () => (await there()).map((a) => a.id), { timeout: 60_000 }).toContain(id);
  }

  /** say has somebody write, whose phone is on no table. */
  async say(account: string, from: string, name: string, text: string): Promise<void> {
    await this.ask("POST", "say", { account, from, name, kind: "text", text });
  }

  /** fails decides what becomes of the next message to somebody. */
  async fails(account: string, from: string, options: Record<string, string>): Promise<void> {
    await this.ask("POST", "say", { account, from, kind: "fail", options });
  }

  /** weather changes an account's; what is left out is fine. */
  async weather(account: string, weather: Record<string, unknown> = {}): Promise<void> {
    await this.ask("PUT", `weather/${account}`, { receipts: true, read: true, ...weather });
  }

  /** later moves the networks' clock. */
  async later(minutes: number): Promise<void> {
    await this.ask("POST", "clock", { advance_ms: minutes * 60_000 });
  }

  /** heard is what somebody's phone shows of the center, in order. */
  async heard(account: string, who: string): Promise<string[]> {
    const { messages } = await this.ask<{ messages: { from: string; text: string }[] }>(
      "GET",
      `threads/${account}/${encodeURIComponent(who)}`,
    );
    return messages.filter((m) => m.from === "center").map((m) => m.text);
  }

  /** calls are the bodies of what the center asked of an account's network, in order. */
  async calls(account: string, path: string): Promise<string[]> {
    const { requests } = await this.ask<{ requests: { direction: string; url: string; body: string }[] }>(
      "GET",
      `requests?account=${account}`,
    );
    return requests.filter((r) => r.direction === "call" && r.url.includes(path)).map((r) => r.body);
  }

  private async ask<T = unknown>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${this.at.server.url}/sim/control/${path}`, {
      method,
      headers: { "Content-Type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return (text ? JSON.parse(text) : null) as T;
  }
}
