/** Moves discs that would cover one another apart, each as little as it takes. Pixels throughout. */

export interface Disc {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  /** Stays where it is; others make way. */
  readonly fixed?: boolean;
}

const ROUNDS = 80;
/** Between two discs. */
const GAP = 1;
/** How strongly a disc is drawn back to where it belongs, a round. */
const PULL = 0.06;

/** Where each disc comes to lie, in the order given. The same discs always lie the same way. */
export function spread(discs: readonly Disc[]): { x: number; y: number }[] {
  const placed = discs.map(({ x, y, fixed }, index) => ({
    // Two at exactly one spot part in a direction of their own.
    x: fixed ? x : x + Math.cos(index * 2.4) * 0.01,
    y: fixed ? y : y + Math.sin(index * 2.4) * 0.01,
  }));
  for (let round = 0; round < ROUNDS; round += 1) {
    if (round < ROUNDS / 2) pullBack(discs, placed);
    if (!pushApart(discs, placed) && round >= ROUNDS / 2) break;
  }
  return placed;
}

function pullBack(discs: readonly Disc[], placed: { x: number; y: number }[]): void {
  for (const [index, point] of placed.entries()) {
    const home = discs[index] as Disc;
    point.x += (home.x - point.x) * PULL;
    point.y += (home.y - point.y) * PULL;
  }
}

/** Answers whether any two still touched. */
function pushApart(discs: readonly Disc[], placed: { x: number; y: number }[]): boolean {
  let touched = false;
  for (const [i, a] of placed.entries()) {
    for (let j = i + 1; j < placed.length; j += 1) {
      const b = placed[j] as { x: number; y: number };
      const [mine, other] = [discs[i] as Disc, discs[j] as Disc];
      const [dx, dy] = [b.x - a.x, b.y - a.y];
      const wanted = mine.radius + other.radius + GAP;
      if (mine.fixed && other.fixed) continue;
      if (Math.abs(dx) >= wanted || Math.abs(dy) >= wanted) continue;
      const distance = Math.hypot(dx, dy);
      if (distance >= wanted) continue;
      touched = true;
      const step = (wanted - distance) / distance;
      const share = shareOf(mine, other);
      a.x -= dx * step * share;
      a.y -= dy * step * share;
      b.x += dx * step * (1 - share);
      b.y += dy * step * (1 - share);
    }
  }
  return touched;
}

/** How much of the way apart the first one goes: the larger gives way less, a fixed one not. */
function shareOf(mine: Disc, other: Disc): number {
  if (mine.fixed || other.fixed) return mine.fixed ? 0 : 1;
  return other.radius ** 2 / (mine.radius ** 2 + other.radius ** 2);
}
