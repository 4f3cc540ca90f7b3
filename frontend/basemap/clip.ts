/** Cuts polygons to a box, ring by ring: Sutherland and Hodgman's way, one edge of the box at a time. */
import type { MultiPolygon, Polygon, Position } from "geojson";

/** West, south, east, north. */
export type Box = readonly [number, number, number, number];

/** The part of a polygon inside the box, or null where there is none. */
export function clip(shape: Polygon | MultiPolygon, box: Box): MultiPolygon | null {
  const polygons = shape.type === "Polygon" ? [shape.coordinates] : shape.coordinates;
  const kept = polygons.flatMap((rings) => {
    const whole = rings.map(unwrapped);
    // A ring across the 180th meridian was unwrapped to either side of it.
    return [-360, 0, 360]
      .map((by) => whole.map((ring) => clipRing(shifted(ring, by), box)))
      .map((turned) => turned.filter((ring) => ring.length >= 4))
      .filter((turned) => turned.length > 0);
  });
  return kept.length > 0 ? { type: "MultiPolygon", coordinates: kept } : null;
}

/** A ring without jumps from one edge of the world to the other. */
function unwrapped(ring: readonly Position[]): Position[] {
  let turns = 0;
  return ring.map(([x = 0, y = 0], index) => {
    const before = ring[index - 1]?.[0] ?? x;
    if (Math.abs(x - before) > 180) turns += x < before ? 360 : -360;
    return [x + turns, y];
  });
}

function shifted(ring: readonly Position[], by: number): Position[] {
  return ring.map(([x = 0, y = 0]) => [x + by, y]);
}

function clipRing(ring: readonly Position[], [west, south, east, north]: Box): Position[] {
  let open: Position[] = ring.slice(0, -1);
  open = cut(open, 0, west, 1);
  open = cut(open, 0, east, -1);
  open = cut(open, 1, south, 1);
  open = cut(open, 1, north, -1);
  const first = open[0];
  return first === undefined ? [] : [...open, first];
}

/** Keeps the side of the line `axis = at` towards which `sign` points. */
function cut(ring: readonly Position[], axis: 0 | 1, at: number, sign: 1 | -1): Position[] {
  const kept: Position[] = [];
  let before = ring.at(-1);
  for (const point of ring) {
    if (before === undefined) break;
    const there = ((before[axis] ?? 0) - at) * sign;
    const here = ((point[axis] ?? 0) - at) * sign;
    if (there >= 0 !== here >= 0) kept.push(crossing(before, point, axis, at));
    if (here >= 0) kept.push(point);
    before = point;
  }
  return kept;
}

function crossing(a: Position, b: Position, axis: 0 | 1, at: number): Position {
  const other = axis === 0 ? 1 : 0;
  const share = (at - (a[axis] ?? 0)) / ((b[axis] ?? 0) - (a[axis] ?? 0));
  const value = (a[other] ?? 0) + share * ((b[other] ?? 0) - (a[other] ?? 0));
  return axis === 0 ? [at, value] : [value, at];
}
