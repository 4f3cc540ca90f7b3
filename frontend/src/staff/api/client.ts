/** Asks the staff API, and is the only module that does: one header, one kind of refusal. */
import type { Problem } from "./types.ts";

export const API = "/api/v1";
/** Milliseconds for an answer, and for a file of 50 MB to be taken in. */
const SHORT = 60_000;
const LONG = 900_000;

/** An answer that did not come (`status` 0), or that is a refusal of one kind: "wrong-state". */
export class Refusal extends Error {
  readonly status: number;
  readonly kind: string;
  readonly body: Problem | null;
  /** Seconds after which to try again, where the answer names them. */
  readonly after: number | null;

  constructor(status: number, body: Problem | null, after: number | null = null) {
    super(`the API answered ${status}`);
    this.status = status;
    this.kind = status === 0 ? "away" : (body?.type.split("#")[1] ?? "failed");
    this.body = body;
    this.after = after;
  }
}

let heard: (refusal: Refusal) => void = () => undefined;

/** `listener` hears of every refusal: the shell asks who is there when nobody is known any more. */
export function heed(listener: (refusal: Refusal) => void): void {
  heard = listener;
}

/**
 * What `method` at `path` below /api/v1 answers; null for an answer without content. `body` is sent
 * as JSON. Raises Refusal, or AbortError when `signal` ends it.
 */
export function ask<T>(
  method: string,
  path: string,
  body?: unknown,
  signal?: AbortSignal,
): Promise<T> {
  const sent = body === undefined ? null : JSON.stringify(body);
  const kind = body === undefined ? null : "application/json";
  return send(method, path, sent, { kind, patience: SHORT, signal });
}

/** Sends a file as the whole body. */
export function upload<T>(path: string, file: Blob, signal?: AbortSignal): Promise<T> {
  return send("POST", path, file, { kind: "application/octet-stream", patience: LONG, signal });
}

interface Sending {
  readonly kind: string | null;
  readonly patience: number;
  readonly signal: AbortSignal | undefined;
}

async function send<T>(
  method: string,
  path: string,
  body: string | Blob | null,
  { kind, patience, signal }: Sending,
): Promise<T> {
  const limit = AbortSignal.timeout(patience);
  const headers: Record<string, string> = {
    Accept: "application/json",
    "Accept-Language": document.documentElement.lang,
    // A form of another site cannot send it.
    "Qiuzhu-Desk": "1",
  };
  if (kind !== null) headers["Content-Type"] = kind;
  let answer: Response;
  try {
    answer = await fetch(API + path, {
      method,
      body,
      headers,
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
      credentials: "same-origin",
      cache: "no-store",
    });
    if (answer.ok) return (answer.status === 204 ? null : await answer.json()) as T;
  } catch (error) {
    if (signal?.aborted) throw error;
    throw told(new Refusal(0, null));
  }
  const after = Number(answer.headers.get("Retry-After") ?? Number.NaN);
  const problem = (await answer.json().catch(() => null)) as Problem | null;
  throw told(new Refusal(answer.status, problem, Number.isFinite(after) ? after : null));
}

function told(refusal: Refusal): Refusal {
  heard(refusal);
  return refusal;
}

/** `?a=1&b=2` of what is given; what is null or empty is left out. */
export function queryOf(
  values: Readonly<Record<string, string | number | boolean | null | undefined>>,
): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value !== null && value !== undefined && value !== "") query.set(name, String(value));
  }
  const text = query.toString();
  return text === "" ? "" : `?${text}`;
}
