/** Asks the API: one base address, a time limit, one kind of failure. Keeps nothing. */
import type { Problem } from "./types.ts";

export const API = "/api/v1";
/** Milliseconds after which a reader is told that the answer is slow to come. */
const PATIENCE = 30_000;

/** An answer that did not come (`status` 0) or that is a refusal. */
export class Failure extends Error {
  readonly status: number;
  readonly problem: Problem | null;

  constructor(status: number, problem: Problem | null) {
    super(`the API answered ${status}`);
    this.status = status;
    this.problem = problem;
  }
}

/** The JSON at `path`, which begins below the base. Raises Failure, or AbortError when `signal` ends it. */
export async function ask<T>(path: string, signal?: AbortSignal): Promise<T> {
  const limit = AbortSignal.timeout(PATIENCE);
  let answer: Response;
  try {
    answer = await fetch(API + path, {
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
      headers: { Accept: "application/json" },
      credentials: "omit",
    });
    if (answer.ok) return (await answer.json()) as T;
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Failure(0, null);
  }
  throw new Failure(answer.status, await problemOf(answer));
}

async function problemOf(answer: Response): Promise<Problem | null> {
  try {
    return (await answer.json()) as Problem;
  } catch {
    return null; // a proxy's own page
  }
}

/** `a=1&b=2` and further parameters as one query, with its question mark. */
export function queryOf(
  filters: string,
  more: Record<string, string | number | null> = {},
): string {
  const query = new URLSearchParams(filters);
  for (const [name, value] of Object.entries(more)) {
    if (value !== null) query.set(name, String(value));
  }
  const text = query.toString();
  return text === "" ? "" : `?${text}`;
}
