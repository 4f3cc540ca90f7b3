/**
 * The numbers of a zoom, read from the features of its tiles: which places, how many cases, and
 * what they sum to in the view. Pure; the library's features come in as plain objects.
 */
import { cell } from "./cells.ts";
import type { Level, LngLat } from "./contract.ts";

export type Shows = "province" | "prefecture" | "case";
/** West, south, east, north. */
export type Box = readonly [number, number, number, number];

/** China with all its places' markers; what `whole` is about, and what the map opens on. */
export const COUNTRY: Box = [73.4, 17.9, 135.2, 53.7];

const PREFECTURES_FROM = 5;
const CASES_FROM = 8;

/** What the API's tiles hold at a zoom; its own tests keep the server to these steps. */
export function showsAt(zoom: number): Shows {
  if (zoom < PREFECTURES_FROM) return "province";
  return zoom < CASES_FROM ? "prefecture" : "case";
}

export interface Mark {
  readonly place: string;
  readonly level: Level;
  readonly count: number;
  /** The one case of a point. */
  readonly id: string | null;
  readonly at: LngLat;
  /** `points`: cases at this spot; `places`: all of a place, or what is known no finer than it. */
  readonly layer: "places" | "points";
}

/** A feature as the library hands it out, with the tile it was read from. */
export interface TileFeature {
  readonly properties: Readonly<Record<string, unknown>>;
  readonly geometry: { readonly type: string; readonly coordinates?: unknown };
  readonly tile: { readonly z: number };
}

/**
 * The marks among features of tiles of zoom `z`. Tiles of another zoom, kept while newer ones were
 * on their way, would count the same cases again.
 */
export function marksOf(features: readonly TileFeature[], layer: Mark["layer"], z: number): Mark[] {
  return features
    .filter((feature) => feature.tile.z === z)
    .map(({ properties, geometry }) => ({
      place: String(properties.place),
      level: properties.level as Level,
      count: Number(properties.count),
      id: typeof properties.id === "string" ? properties.id : null,
      at: geometry.coordinates as [number, number],
      layer,
    }));
}

export function inside(at: LngLat, [west, south, east, north]: Box): boolean {
  return at[0] >= west && at[0] <= east && at[1] >= south && at[1] <= north;
}

export function contains(outer: Box, inner: Box): boolean {
  return inside([inner[0], inner[1]], outer) && inside([inner[2], inner[3]], outer);
}

export function sumOf(marks: readonly Mark[]): number {
  return marks.reduce((sum, mark) => sum + mark.count, 0);
}

/** Marks of one place together, most cases first; each at its place's largest mark. */
export function byPlace(marks: readonly Mark[]): Mark[] {
  const places = new Map<string, Mark>();
  for (const mark of [...marks].sort((a, b) => b.count - a.count)) {
    const held = places.get(mark.place);
    places.set(mark.place, held ? { ...held, count: held.count + mark.count } : mark);
  }
  return [...places.values()].sort((a, b) => b.count - a.count || (a.place < b.place ? -1 : 1));
}

/** All that lies in the same cell of the tiles' grid as `mark`: a box cannot tell it apart. */
export function atOneSpot(mark: Mark, marks: readonly Mark[], z: number): Mark[] {
  const [x, y] = cell(mark.at, z);
  return marks.filter((other) => {
    const [otherX, otherY] = cell(other.at, z);
    return otherX === x && otherY === y;
  });
}
