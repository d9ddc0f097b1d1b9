import type { Attachment, Problem } from "@parley/protocol/visitor";
import { ask, send } from "./api";
import type { Chat } from "./chat";

/** The largest file, and how many go with one message. Unit: bytes. Source: A-076. */
const most = 25 * 1024 * 1024;
const together = 10;

/** Upload is a file that was picked and not yet sent. */
export interface Upload {
  key: number;
  name: string;
  /** How much of it the server has, from 0 to 1. */
  part: number;
  /** Once the server has all of it. */
  file?: Attachment;
  /** Why it never will: a code. */
  why?: string;
}

/** Link opens a file for a while. */
interface Link {
  url: string;
  thumb_url: string;
  until: number;
}

/** Files brings the visitor's files to the server before they are sent, and opens those that were. Source: CNV-08. */
export class Files {
  private last = 0;
  private readonly running = new Map<number, XMLHttpRequest>();
  private readonly links = new Map<string, Promise<Link>>();

  constructor(private readonly chat: Chat) {}

  /** add begins to upload what was picked or pasted. */
  add(list: Iterable<File>): void {
    for (const file of list) {
      const key = ++this.last;
      const full = this.chat.state.uploads.length >= together;
      const why = full ? "too_many_files" : file.size > most ? "too_large" : undefined;
      this.chat.set({ uploads: [...this.chat.state.uploads, { key, name: file.name, part: 0, why }] });
      if (!why) this.upload(key, file);
    }
  }

  private upload(key: number, file: File): void {
    const { token } = this.chat.keep.read();
    const request = new XMLHttpRequest(); // fetch does not say how far it is
    const form = new FormData();
    form.append("file", file, file.name);
    this.running.set(key, request);
    request.open("POST", "/api/public/conversation/attachments");
    request.setRequestHeader("Authorization", `Bearer ${token}`);
    request.responseType = "json";
    request.upload.onprogress = (e) => this.change(key, { part: e.loaded / (e.total || 1) });
    request.onload = () => {
      const body = request.response as (Attachment & Problem) | null;
      this.running.delete(key);
      if (request.status === 201 && body) this.change(key, { part: 1, file: body });
      else this.change(key, { why: body?.code ?? "internal" });
    };
    request.onerror = () => {
      this.running.delete(key);
      this.change(key, { why: "offline" });
    };
    request.send(form);
  }

  private change(key: number, now: Partial<Upload>): void {
    this.chat.set({ uploads: this.chat.state.uploads.map((u) => (u.key === key ? { ...u, ...now } : u)) });
  }

  /** remove forgets a file that will not be sent. */
  remove(key: number): void {
    const upload = this.chat.state.uploads.find((u) => u.key === key);
    this.running.get(key)?.abort();
    this.running.delete(key);
    this.chat.set({ uploads: this.chat.state.uploads.filter((u) => u.key !== key) });
    const { token } = this.chat.keep.read();
    if (upload?.file) send("DELETE", `conversation/attachments/${upload.file.id}`, token).catch(() => {}); // it is swept
  }

  /** take returns what is ready to be sent, and leaves what was refused. */
  take(): Attachment[] {
    const { uploads } = this.chat.state;
    this.chat.set({ uploads: uploads.filter((u) => !u.file) });
    return uploads.flatMap((u) => u.file ?? []);
  }

  /** link returns an address that opens a file now: a picture cannot say who asks for it. */
  async link(id: string): Promise<Link> {
    const known = this.links.get(id);
    const good = await known?.then(
      (link) => link.until > Date.now() + 30_000,
      () => false,
    );
    if (known && good) return known;
    const { token } = this.chat.keep.read();
    const fresh = ask<Link>("GET", `conversation/attachments/${id}/link`, token);
    this.links.set(id, fresh);
    return fresh;
  }
}
