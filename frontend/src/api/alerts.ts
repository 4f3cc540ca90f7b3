/** Incident Alert: sends one, and asks, adds or withdraws with its receipt. Nothing is kept here. */
import { API, ask, Failure } from "./client.ts";
import type { Problem } from "./types.ts";

/** Milliseconds for 50 MB from a slow phone, and for everything small. */
const LONG = 900_000;
const SHORT = 30_000;

/** The work that is asked for; `signature` goes back untouched. */
export interface Challenge {
  readonly algorithm: string;
  readonly challenge: string;
  readonly maxnumber: number;
  readonly salt: string;
  readonly signature: string;
}

export interface RefusedFile {
  /** Which of those sent it was, from 1. */
  readonly position: number;
  readonly code: string;
}

export interface Taken {
  readonly receipt: string;
  readonly files: { readonly kept: number; readonly refused: readonly RefusedFile[] };
}

export interface AlertState {
  readonly state:
    | "received"
    | "checking"
    | "published"
    | "rejected"
    | "spam"
    | "withdrawn"
    | "unknown";
  readonly changed_on: string | null;
  readonly reason: { readonly code: string; readonly zh: string; readonly en: string } | null;
  readonly case_id: string | null;
}

export function readChallenge(signal: AbortSignal): Promise<Challenge> {
  return ask("/alerts/challenge", signal);
}

/** `key` is the same for every attempt at the same alert: it is taken once. */
export function sendAlert(
  form: readonly (readonly [string, string])[],
  files: readonly File[],
  { key, proof, signal }: { key: string; proof: string | null; signal: AbortSignal },
): Promise<Taken> {
  const headers = { "Idempotency-Key": key, ...(proof === null ? {} : { Altcha: proof }) };
  return post("/alerts", bodyOf(form, files), { headers, signal, patience: LONG });
}

export function readState(receipt: string): Promise<AlertState> {
  return post("/alerts/state", JSON.stringify({ receipt }));
}

/** What became of an addition; `known`: the receipt is that of an open alert. */
export interface Added {
  readonly known: boolean;
  readonly files: Taken["files"];
}

export function addToAlert(receipt: string, text: string, files: readonly File[]): Promise<Added> {
  const form = [["receipt", receipt], ...(text === "" ? [] : [["text", text]])] as [
    string,
    string,
  ][];
  return post("/alerts/additions", bodyOf(form, files), { patience: LONG });
}

export function withdrawAlert(receipt: string): Promise<{ readonly known: boolean }> {
  return post("/alerts/withdrawal", JSON.stringify({ receipt }));
}

/** The names of files say things of their own (a person, a day), so they are not sent. */
function bodyOf(form: readonly (readonly [string, string])[], files: readonly File[]): FormData {
  const body = new FormData();
  for (const [name, value] of form) body.append(name, value);
  files.forEach((file, at) => {
    body.append("files", file, `${at + 1}`);
  });
  return body;
}

interface Posting {
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  readonly patience?: number;
}

async function post<T>(
  path: string,
  body: FormData | string,
  { headers = {}, signal, patience = SHORT }: Posting = {},
): Promise<T> {
  const limit = AbortSignal.timeout(patience);
  const kind = typeof body === "string" ? { "Content-Type": "application/json" } : {};
  let answer: Response;
  try {
    answer = await fetch(API + path, {
      method: "POST",
      body,
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
      headers: { Accept: "application/json", ...kind, ...headers },
      credentials: "omit",
      cache: "no-store",
    });
    if (answer.ok) return (answer.status === 204 ? null : await answer.json()) as T;
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Failure(0, null);
  }
  throw new Failure(answer.status, (await answer.json().catch(() => null)) as Problem | null);
}
