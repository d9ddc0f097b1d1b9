import type { Problem } from "@parley/protocol";
import { here } from "../panel/surface";

/** ApiError is a refusal: a code that `error.<code>` puts into words. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly requestId: string;
  readonly data: Record<string, unknown>;
  readonly fields: { field: string; code: string; whose?: string }[];

  constructor(problem: Partial<Problem> & { status: number }) {
    super(problem.code ?? "internal");
    this.status = problem.status;
    this.code = problem.code ?? "internal";
    this.requestId = problem.request_id ?? "";
    this.data = problem.data ?? {};
    this.fields = problem.errors ?? [];
  }
}

/** unreachable is the code of an ApiError that means: no answer came. */
export const unreachable = "unreachable";

export type Query = Record<string, string | number | boolean | undefined>;

/** path returns an address with its query; empty values are left out. */
export function path(base: string, query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== "" && value !== false) search.set(key, String(value));
  }
  const text = search.toString();
  return text ? `${base}?${text}` : base;
}

const listeners = new Set<() => void>();

/** onSignedOut calls `listener` when the server says that nobody is signed in. */
export function onSignedOut(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

async function refusal(response: Response): Promise<ApiError> {
  const problem = await response.json().catch(() => ({}));
  const error = new ApiError({ ...problem, status: response.status });
  if (error.status === 401 && error.code === "unauthenticated") for (const l of listeners) l();
  return error;
}

async function call<Out>(
  method: string,
  address: string,
  body?: unknown,
  signal?: AbortSignal,
): Promise<Out> {
  let response: Response;
  try {
    response = await fetch(here(address), {
      method,
      credentials: "same-origin",
      headers:
        body === undefined ? {} : { "Content-Type": body instanceof Blob ? "text/csv" : "application/json" },
      body: body === undefined ? null : body instanceof Blob ? body : JSON.stringify(body),
      signal: signal ?? null,
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiError({ status: 0, code: unreachable });
  }
  if (!response.ok) throw await refusal(response);
  const text = await response.text();
  return (text ? JSON.parse(text) : undefined) as Out;
}

/** The verbs. Each throws an ApiError unless the server answered 2xx. */
export const api = {
  get: <Out>(base: string, query?: Query, signal?: AbortSignal) =>
    call<Out>("GET", path(base, query), undefined, signal),
  post: <Out = void>(base: string, body: unknown = {}) => call<Out>("POST", base, body),
  put: <Out = void>(base: string, body: unknown = {}) => call<Out>("PUT", base, body),
  delete: <Out = void>(base: string, body?: unknown) => call<Out>("DELETE", base, body),
};
