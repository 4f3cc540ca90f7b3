/** The names on the map: of what has a number, beside it, and fainter of what has none. */
import type { Feature, Point } from "geojson";
import type { Names } from "./basemap.ts";
import type { Language, LngLat } from "./contract.ts";
import { type DiscFeature, POINT_RADIUS } from "./discs.ts";
import { byPlace, type Mark, type Shows } from "./numbers.ts";

/** No more places than this are named around the points of a view. */
const NAMED = 120;

export interface Naming {
  readonly names: Names;
  readonly lang: Language;
  readonly name: (code: string) => string | undefined;
  readonly convert: (text: string) => string;
}

export type Label = Feature<
  Point,
  { readonly name: string; readonly radius: number; readonly faint: boolean; readonly rank: number }
>;

export function nameOf(code: string, naming: Naming): string {
  const { names, lang, convert } = naming;
  const found = names.name(code, lang);
  if (found === undefined) return naming.name(code) ?? "";
  return lang === "zh-Hant" ? convert(found) : found;
}

/**
 * Names beside numbers, and of what has none: provinces that the basemap draws, prefectures of a
 * map of prefectures or points.
 */
export function labelsOf(
  shows: Shows,
  discs: readonly DiscFeature[],
  marks: readonly Mark[],
  naming: Naming,
  drawn: ReadonlySet<string>,
): Label[] {
  const { provinces, units } = naming.names;
  const beside = discs.map(({ properties, geometry }) => {
    const at = geometry.coordinates as [number, number];
    return label(properties.place, at, properties.radius, false, -properties.count, naming);
  });
  const points = byPlace(marks.filter((mark) => mark.layer === "points"))
    .slice(0, NAMED)
    .map((mark) => label(mark.place, mark.at, POINT_RADIUS, false, -mark.count, naming));
  const numbered = new Set(marks.map((mark) => mark.place));
  const bare = (shows === "province" ? provinces.filter(([code]) => drawn.has(code)) : units)
    .filter(([code]) => !numbered.has(code))
    .map(([code, , , lon, lat]) => label(code, [lon, lat], 0, true, 1, naming));
  return [...beside, ...points, ...bare].filter(({ properties }) => properties.name !== "");
}

function label(
  code: string,
  at: LngLat,
  radius: number,
  faint: boolean,
  rank: number,
  naming: Naming,
): Label {
  const properties = { name: nameOf(code, naming), radius, faint, rank };
  return { type: "Feature", properties, geometry: { type: "Point", coordinates: [...at] } };
}
