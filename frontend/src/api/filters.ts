/** What can be filtered by, with how many cases each option would leave. */
import { ask, queryOf } from "./client.ts";
import type { Options } from "./types.ts";

export function readOptions(filters: string, signal?: AbortSignal): Promise<Options> {
  return ask(`/filters${queryOf(filters, { counts: "true" })}`, signal);
}
