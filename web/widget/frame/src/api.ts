import type { Problem } from "@parley/protocol/visitor";

/** Refusal is an answer of the server that is not a success. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly problem: Partial<Problem>,
    /** Unit: milliseconds the server asks us to wait. */
    readonly wait: number,
  ) {
    super(problem.code ?? `${status}`);
  }
  get code(): string {
    return this.problem.code ?? "internal";
  }
}

/** passing reports whether the same request may succeed later: no network, overload, a restart. */
export function passing(error: unknown): boolean {
  if (!(error instanceof Refusal)) return true;
  return error.status >= 500 || error.status === 429 || error.status === 408;
}

/** How long one request may take before it counts as lost. Unit: milliseconds. */
const patience = 20_000;

/** send makes one request under /api/public. Errors: Refusal; anything else means no answer came. */
export async function send(method: string, path: string, token?: string, body?: unknown): Promise<Response> {
  const headers: Record<string, string> = {};
  if (token) headers.Authorization = `Bearer ${token}`;
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const response = await fetch(`/api/public/${path}`, {
    method,
    headers,
    body: body === undefined ? undefined : JSON.stringify(body),
    signal: AbortSignal.timeout(patience),
    cache: "no-store",
    credentials: "omit",
  });
  if (response.ok) return response;
  const problem = await response.json().catch(() => ({}));
  throw new Refusal(response.status, problem, Number(response.headers.get("Retry-After") ?? 0) * 1000);
}

/** ask makes one request and returns the JSON it is answered with. */
export async function ask<T>(method: string, path: string, token?: string, body?: unknown): Promise<T> {
  return (await send(method, path, token, body)).json();
}
