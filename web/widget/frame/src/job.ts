import type { VisitorView } from "@parley/protocol/visitor";
import { ask, passing, Refusal, send } from "./api";
import type { Chat } from "./chat";
import type { Job } from "./keep";
import { backoff } from "./wait";

/** perform does the kept job, and one that took its place, until the server has answered, whatever the network does. */
export async function perform(chat: Chat): Promise<void> {
  for (let failures = 0; ; failures++) {
    const { job } = chat.keep.read();
    if (!job) return settled(chat);
    if (job.kind === "begin" || job.kind === "again" || job.kind === "end") chat.set({ view: "chat" });
    try {
      await carryOut(chat, job);
      if (chat.keep.read().job?.client_id === job.client_id) chat.keep.write({ job: null });
      failures = -1;
    } catch (error) {
      if (!passing(error)) {
        chat.keep.write({ job: null });
        settled(chat);
        return refused(chat, job, error as Refusal);
      }
      if (failures > 0) chat.set({ link: navigator.onLine ? "slow" : "offline" });
      await chat.bell.pause(Math.max(error instanceof Refusal ? error.wait : 0, backoff(failures)));
    }
  }
}

function settled(chat: Chat): void {
  chat.set({ job: chat.keep.read().job, ...(chat.state.mirror ? {} : { link: "up" as const }) });
}

async function carryOut(chat: Chat, { kind, client_id, fields }: Job): Promise<void> {
  const { token } = chat.keep.read();
  switch (kind) {
    case "begin":
      return begin(chat, client_id, fields);
    case "again":
      await send("POST", "conversation/again", token, {
        client_id,
        question: fields.question,
        consent: fields.consent,
      });
      chat.set({ fields: { ...chat.state.fields, question: "" } });
      return chat.refresh();
    case "end":
      chat.endedBy = fields.by ?? "";
      await send("PUT", "conversation/end", token, {});
      return chat.refresh();
    case "skip":
      await send("POST", "conversation/skip", token, { client_id, ...letter(fields) });
      chat.done();
      chat.set({ view: "sent", fields: { ...chat.state.fields, ...fields, text: "" } });
      chat.host.event("skip");
      return;
    case "offline": {
      const path = `entry-points/${encodeURIComponent(chat.entryPoint)}/offline`;
      await send("POST", path, undefined, { client_id, ...letter(fields) });
      chat.set({ view: "sent", fields: { ...chat.state.fields, ...fields, text: "" } });
    }
  }
}

/** letter is the part of the fields that a message outside a chat consists of. */
function letter({ name = "", email = "", text = "", consent }: Job["fields"]) {
  return { name, email, text, consent };
}

/** What a conversation may begin with. */
export const known = ["name", "email", "phone", "account_number", "case_number", "question"];

async function begin(chat: Chat, client_id: string, fields: Job["fields"]): Promise<void> {
  const path = `entry-points/${encodeURIComponent(chat.entryPoint)}/conversations`;
  const { token } = await ask<{ token: string; conversation: VisitorView }>("POST", path, undefined, {
    language: chat.state.language,
    page: chat.page,
    zone_offset: -new Date().getTimezoneOffset(),
    client_id,
    variables: fields.$ && JSON.parse(fields.$),
    ...Object.fromEntries(
      [...known, "consent"].filter((name) => fields[name]).map((name) => [name, fields[name]]),
    ),
  });
  if (chat.keep.read().job?.client_id !== client_id) return; // somebody else sits here now
  chat.keep.write({ token, job: null, seen: 0 });
  chat.set({ fields: { ...chat.state.fields, question: "" } });
  chat.host.event("start");
  await chat.resume();
}

/** refused shows why a job was not done, where the visitor can act on it; their words are never lost. */
function refused(chat: Chat, job: Job, refusal: Refusal): void {
  const faults = Object.fromEntries((refusal.problem.errors ?? []).map((e) => [e.field, e.code]));
  const trouble = { code: refusal.code, request: refusal.problem.request_id ?? "", fields: faults };
  const fields = { ...chat.state.fields, ...job.fields };
  const conflict = refusal.status === 409;
  chat.host.event("error", { code: refusal.code });
  if (refusal.status === 401 && job.kind !== "begin") {
    chat.expire();
    chat.set({ fields });
  } else if (refusal.code === "closed") {
    fields.text = fields.question ?? "";
    chat.set({ entry: null, mirror: null, view: "loading", fields });
    chat.enter().then(() => chat.set({ trouble }));
  } else {
    const skip = chat.state.mirror?.conversation.form_after_end ? "leave" : "skip";
    const back = { begin: "form", offline: "leave", again: "again", skip, end: "chat" } as const;
    const on = conflict && job.kind !== "begin";
    chat.set({ view: on ? "chat" : back[job.kind], trouble, fields });
    if (on) chat.write(job.fields.question ?? job.fields.text ?? chat.state.draft);
    if (conflict || job.kind === "end") chat.refresh().catch(() => {});
  }
}
