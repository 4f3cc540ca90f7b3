/** How many cases lie in each place of every level, from the counts behind the region filter. */

/** A place among the options of the filter `region`. */
export interface CountedPlace {
  readonly code: string;
  readonly parent: string | null;
  readonly count: number | null;
}

/**
 * Cases under each place while `region` (comma-joined codes, or nothing) is in force. The options
 * count as if it were not: what lies outside of it has none then, and what lies around it only
 * what it holds.
 */
export function countsByPlace(
  options: readonly CountedPlace[],
  region: string | undefined,
): ReadonlyMap<string, number> {
  const places = new Map(options.map((place) => [place.code, place]));
  const asked = new Set((region ?? "").split(",").filter((code) => code !== ""));
  const counts = new Map<string, number>();
  for (const { code, count } of options) {
    const above = ancestors(code, places);
    if (asked.size === 0 || asked.has(code) || above.some((step) => asked.has(step))) {
      counts.set(code, count ?? 0);
    }
    // The outermost of what was asked is added to all that is around it.
    if (asked.has(code) && !above.some((step) => asked.has(step))) {
      for (const step of above) counts.set(step, (counts.get(step) ?? 0) + (count ?? 0));
    }
  }
  return counts;
}

function ancestors(code: string, places: ReadonlyMap<string, CountedPlace>): string[] {
  const found: string[] = [];
  let step = places.get(code)?.parent ?? null;
  while (step !== null) {
    found.push(step);
    step = places.get(step)?.parent ?? null;
  }
  return found;
}
