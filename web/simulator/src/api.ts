/** What the simulator's control API says. See docs/simulator.md. */

export interface Account {
  id: string;
  network: string;
  webhook: string;
  base_url: string;
}

export interface Network {
  name: string;
  /** What its phones can do. */
  kinds: string[];
}

export interface Media {
  id?: string;
  mime?: string;
  filename?: string;
  caption?: string;
  /** Base64. */
  data?: string;
}

export interface Message {
  id: string;
  from: "customer" | "center";
  kind: string;
  text: string;
  media?: Media;
  location?: { latitude: number; longitude: number; name?: string; address?: string };
  contacts?: { name: string; phone?: string; email?: string }[];
  buttons?: Button[];
  reply_to?: string;
  /** Unit: milliseconds since 1970, the simulator's time. */
  at: number;
  state: string;
  error?: string;
  edited?: boolean;
  deleted?: boolean;
  reactions?: Record<string, string>;
}

export interface Button {
  title: string;
  payload: string;
}

export interface Thread {
  id: string;
  account: string;
  network: string;
  who: string;
  name: string;
  typing: boolean;
  messages: Message[];
}

export interface Change {
  n: number;
  thread: string;
  message: Message;
  /** An account that came or went; then there is no thread. */
  account?: string;
}

/** Said is what a phone does. */
export interface Said {
  account: string;
  from: string;
  name?: string;
  kind: string;
  text?: string;
  title?: string;
  payload?: string;
  message_id?: string;
  reply_to?: string;
  emoji?: string;
  media?: Media;
  options?: Record<string, string>;
}

export interface Weather {
  duplicate: number;
  reorder: number;
  delay_ms: number;
  drop_webhooks: number;
  fail: number;
  throttle: number;
  timeout_after_accept: number;
  ok_with_error: number;
  window_closed: boolean;
  token_expired: boolean;
  media_expired: boolean;
  receipts: boolean;
  read: boolean;
  typing: boolean;
  opt_out: boolean;
  statuses: "" | "late" | "twice" | "before_answer" | "out_of_order";
}

export interface Scenario {
  name: string;
  count: number;
  over_ms: number;
}

export interface Request {
  n: number;
  at: number;
  account: string;
  direction: "call" | "webhook";
  method: string;
  url: string;
  header: Record<string, string>;
  body: string;
  /** 0: never answered. */
  status: number;
  answer: string;
  error?: string;
  /** The number of the webhook that this one repeats. */
  again?: number;
  /** The center said that nothing in it was new. */
  stale?: boolean;
}

/** Record is something a CRM holds. */
export interface CrmRecord {
  object: string;
  id: string;
  name: string;
  fields: Record<string, string>;
  regarding?: string;
  closed?: boolean;
  page: string;
}

/** Refusal is what the simulator answers to what cannot be; its message says why. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** control asks the control API. It throws a Refusal, or a TypeError where there is no connection. */
export async function control<T>(method: string, path: string, body?: unknown): Promise<T> {
  const response = await fetch(`/sim/control/${path}`, {
    method,
    headers: body === undefined ? {} : { "Content-Type": "application/json" },
    body: body === undefined ? null : JSON.stringify(body),
  });
  const text = await response.text();
  const said = text ? JSON.parse(text) : {};
  if (!response.ok) throw new Refusal(response.status, said.error ?? said.title ?? `${response.status}`);
  return said as T;
}

/** file is where a picture of a thread is shown from. */
export const file = (account: string, media: Media): string =>
  `/sim/control/media/${encodeURIComponent(account)}/${encodeURIComponent(media.id ?? "")}`;
