/** The five classes of coloured areas: 1, 3, 10, 30, 100 … so that they seldom change and read well. */
import type { ClassBounds } from "./contract.ts";

export const CLASSES = 5;

/** Classes for counts up to `most`, lowest first; none where there is nothing to colour. */
export function classesFor(most: number): ClassBounds[] {
  if (most < 1) return [];
  const below: number[] = [];
  for (let step = 0, bound = 1; bound < most; step += 1) {
    below.push(bound);
    bound = (step % 2 === 0 ? 3 : 10) * 10 ** Math.floor(step / 2);
  }
  const lows = [1, ...below.slice(1 - CLASSES).map((bound) => bound + 1)];
  return lows.map((from, index) => {
    const next = lows[index + 1];
    return { from, to: next === undefined ? null : next - 1 };
  });
}

/** The number of the class of a count, from 0; -1 where there are no cases. */
export function classOf(count: number, classes: readonly ClassBounds[]): number {
  return classes.findLastIndex(({ from }) => count >= from);
}
