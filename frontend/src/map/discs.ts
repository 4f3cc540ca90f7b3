/** How a number is drawn: its text, the size of its disc, and where discs lie that would overlap. */
import type { Feature, LineString, Point } from "geojson";
import type { Language, LngLat } from "./contract.ts";
import type { Naming } from "./labels.ts";
import type { Mark, Shows } from "./numbers.ts";
import { spread } from "./spread.ts";

/** CSS pixels. */
export const NUMBER_SIZE = 13;
const LEAST = 11;
const MOST = { wide: 24, narrow: 17, rings: 15 };
/** A container narrower than this is a phone's. */
const NARROW = 600;
/** Of the points' discs, as figures.ts draws most of them. */
export const POINT_RADIUS = 12;
/** No more points than this are kept clear. */
const OBSTACLES = 400;
/** A number moved further than this from its place gets a line to it. */
const FAR = 6;

const plain = new Intl.NumberFormat("en");
const compact = {
  zh: new Intl.NumberFormat("zh-CN", { notation: "compact", maximumFractionDigits: 1 }),
  "zh-Hant": new Intl.NumberFormat("zh-TW", { notation: "compact", maximumFractionDigits: 1 }),
  en: new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 }),
};

/** 850, 9,999, 1.2万 or 12k. */
export function shortNumber(count: number, lang: Language): string {
  if (count < 10_000) return plain.format(count);
  return compact[lang].format(count).replace("K", "k");
}

/** The radius that a number's disc has: its area follows the count, and the number fits in. */
export function radiusOf(count: number, most: number, text: string, largest: number): number {
  const share = Math.sqrt(count / Math.max(most, 1));
  const wide = [...text].reduce((sum, sign) => sum + (sign > "\u2e80" ? 1 : 0.58), 0);
  return Math.max(LEAST + (largest - LEAST) * share, (wide * NUMBER_SIZE) / 2 + 3);
}

/** What the projection of a map does: degrees to pixels of the container and back. */
export interface Projection {
  readonly width: number;
  project(at: LngLat): { x: number; y: number };
  unproject(at: readonly [number, number]): LngLat;
}

export interface DiscProperties {
  readonly place: string;
  readonly level: string;
  readonly count: number;
  readonly text: string;
  readonly radius: number;
  /** For what is known no finer than this place. */
  readonly ring: boolean;
  readonly lon: number;
  readonly lat: number;
}
export type DiscFeature = Feature<Point, DiscProperties>;

/**
 * The discs of a zoom, drawn where they do not cover one another, and lines to those moved far.
 * Points stay at their spots and are not among the discs: rings make way for them.
 */
export function discsOf(
  marks: readonly Mark[],
  shows: Shows,
  { names, lang }: Pick<Naming, "names" | "lang">,
  map: Projection,
): { discs: DiscFeature[]; leaders: Feature<LineString>[] } {
  const moving = marks.filter((mark) => mark.layer === "places");
  const wide = map.width < NARROW ? MOST.narrow : MOST.wide;
  const largest = shows === "case" ? MOST.rings : wide;
  const most = Math.max(...moving.map((mark) => mark.count), 1);
  const sized = moving.map((mark) => {
    const text = shortNumber(mark.count, lang);
    const radius = radiusOf(mark.count, most, text, largest);
    return { mark, text, radius, ...map.project(mark.at) };
  });
  const fixed = marks
    .filter((mark) => mark.layer === "points")
    .slice(0, OBSTACLES)
    .map((mark) => ({ fixed: true, radius: POINT_RADIUS, ...map.project(mark.at) }));
  const placed = spread([...sized, ...fixed]);
  const leaders: Feature<LineString>[] = [];
  const discs = sized.map(({ mark, text, radius, x, y }, index): DiscFeature => {
    const there = placed[index] ?? { x, y };
    const at = [...map.unproject([there.x, there.y])];
    if (Math.hypot(there.x - x, there.y - y) > FAR) {
      const geometry: LineString = { type: "LineString", coordinates: [[...mark.at], at] };
      leaders.push({ type: "Feature", properties: {}, geometry });
    }
    const { place, level, count } = mark;
    const [lon, lat] = mark.at;
    const ring = names.coarse(mark, shows);
    const properties = { place, level, count, text, radius, ring, lon, lat };
    return { type: "Feature", properties, geometry: { type: "Point", coordinates: at } };
  });
  return { discs, leaders };
}

/** A disc as an image that can be drawn in any colour and size: distances to its edge, in alpha. */
export function discImage(radius: number): {
  width: number;
  height: number;
  data: Uint8ClampedArray;
} {
  const side = (radius + EDGE) * 2;
  const data = new Uint8ClampedArray(side * side * 4);
  for (let index = 0; index < side * side; index += 1) {
    const x = (index % side) + 0.5 - side / 2;
    const y = Math.floor(index / side) + 0.5 - side / 2;
    const outside = Math.hypot(x, y) - radius;
    // The library's scale: the edge at 3/4 of full, eight pixels from nothing to all.
    data[index * 4 + 3] = 255 * (0.75 - outside / 8);
  }
  return { width: side, height: side, data };
}

/** Radius of the images' discs at size 1: near what they are drawn at, or their edges blur. */
export const DISC_RADIUS = 20;
export const DOT_RADIUS = 7;
/** Room for the halo. */
const EDGE = 4;
/** How far the image reaches, in radii: what is placed beside a disc keeps clear of it. */
export const DISC_REACH = (DISC_RADIUS + EDGE) / DISC_RADIUS;
