import type { Content, Message } from "@parley/protocol/visitor";
import { ask, passing, Refusal } from "./api";
import type { Chat } from "./chat";
import { alone } from "./keep";
import { add } from "./take";
import { backoff } from "./wait";

/** Outbox sends what the visitor said, each message once, in the order of typing. Source: R-55. */
export class Outbox {
  private draining = false;
  private more = false;
  private sent = false;

  constructor(private readonly chat: Chat) {}

  /** retry sends again what was refused. */
  retry(client_id: string): void {
    const { keep } = this.chat;
    const { outbox } = keep.read();
    keep.write({ outbox: outbox.map((p) => (p.client_id === client_id ? { ...p, failed: undefined } : p)) });
    this.shown();
    this.drain();
  }

  /** drop gives up on what was refused. */
  drop(client_id: string): void {
    this.chat.keep.settle(client_id);
    this.shown();
  }

  /** drain sends all that waits. */
  async drain(): Promise<void> {
    this.more = true; // also if one runs: it may just have found nothing left
    if (this.draining) return;
    this.draining = true;
    while (this.more) {
      this.more = false;
      await alone(`parley.${this.chat.entryPoint}.outbox`, async () => {
        for (let failures = 0; await this.sendNext(failures); ) failures = this.sent ? 0 : failures + 1;
      });
    }
    this.draining = false;
  }

  /** sendNext sends the first message that waits. It returns false when there is nothing to send, or nowhere to. */
  private async sendNext(failures: number): Promise<boolean> {
    const { keep, bell } = this.chat;
    const { token, outbox, job } = keep.read();
    const next = outbox.find((p) => !p.failed);
    this.sent = false;
    if (!next || !token || job?.kind === "begin" || job?.kind === "again") return false;
    const { client_id, text, files } = next;
    try {
      const body = { client_id, text, files: files?.map((f) => f.id) };
      const ack = await ask<{ id: string; seq: number; at: number }>(
        "POST",
        "conversation/messages",
        token,
        body,
      );
      keep.settle(client_id);
      this.sent = true;
      const content: Content | undefined = files && { kind: files[0]!.kind, files };
      this.acknowledge({ ...ack, client_id, text, content });
    } catch (error) {
      if (passing(error)) {
        await bell.pause(Math.max(error instanceof Refusal ? error.wait : 0, backoff(failures)));
      } else if ((error as Refusal).status === 401) {
        if (keep.read().token === token) this.chat.expire();
      } else {
        keep.settle(client_id, (error as Refusal).code);
        this.shown();
      }
    }
    return true;
  }

  /** acknowledge shows a message among those that arrived, before the news of it comes. */
  private acknowledge(ack: Pick<Message, "id" | "seq" | "at" | "client_id" | "text" | "content">): void {
    const { mirror } = this.chat.state;
    const mine: Message = {
      ...ack,
      conversation_id: "",
      interaction_id: "",
      sender: "customer",
      agent: null,
    };
    this.shown();
    this.chat.set({ mirror: mirror && { ...mirror, messages: add(mirror.messages, mine) } });
  }

  private shown(): void {
    this.chat.set({ outbox: this.chat.keep.read().outbox });
  }
}
