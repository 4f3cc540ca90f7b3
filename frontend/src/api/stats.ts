/** Statistics of a set of filters. */
import { ask, queryOf } from "./client.ts";
import type { Stats } from "./types.ts";

/** `by` picks the dimensions: month, year, region, industry, issue, action, … */
export function readStats(
  filters: string,
  by: readonly string[],
  signal?: AbortSignal,
): Promise<Stats> {
  return ask(`/cases/stats${queryOf(filters, { by: by.join(",") })}`, signal);
}
