/** What a click means. One thing wins: a point, else a number or ring, else the area below. */
import type { Map as Library, MapGeoJSONFeature } from "maplibre-gl";
import { cellBox } from "./cells.ts";
import type { ChosenPlace, ChosenPoints, Level, LngLat } from "./contract.ts";
import { FIGURES } from "./figures.ts";
import { AREAS } from "./ground.ts";
import { atOneSpot, type Mark, type Shows, sumOf } from "./numbers.ts";
import { tileZoom } from "./reading.ts";

/** How far beside a figure a click still counts, in CSS pixels. */
const TOLERANCE = { mouse: 3, touch: 16 };

export type Picked =
  | { readonly kind: "place"; readonly place: ChosenPlace }
  | { readonly kind: "points"; readonly points: ChosenPoints };

/** What tiles and discs.ts say of a figure; `lon` and `lat`, where a disc belongs. */
interface Figure {
  readonly place: string;
  readonly level: Level;
  readonly count: number;
  readonly id?: string;
  readonly ring: boolean;
  readonly lon: number;
  readonly lat: number;
}

interface Spot {
  readonly x: number;
  readonly y: number;
}

/** The figure at a spot, or the nearest within reach of a finger. */
export function figureAt(map: Library, spot: Spot, touch: boolean): MapGeoJSONFeature | undefined {
  const reach = touch ? TOLERANCE.touch : TOLERANCE.mouse;
  const layers = FIGURES.filter((id) => map.getLayer(id));
  const found = map.queryRenderedFeatures(
    [
      [spot.x - reach, spot.y - reach],
      [spot.x + reach, spot.y + reach],
    ],
    { layers: [...layers] },
  );
  const distance = (feature: MapGeoJSONFeature) => {
    const { x, y } = map.project(pointOf(feature) as [number, number]);
    return Math.hypot(x - spot.x, y - spot.y) - Number(feature.properties.radius ?? 0);
  };
  const order = (feature: MapGeoJSONFeature) =>
    (FIGURES as readonly string[]).indexOf(feature.layer.id);
  return found
    .map((feature) => ({ feature, order: order(feature), distance: distance(feature) }))
    .sort((a, b) => a.order - b.order || a.distance - b.distance)[0]?.feature;
}

/** `marks` are those of the zoom; `counts` say how many cases an area holds. */
export function pick(
  map: Library,
  spot: Spot,
  touch: boolean,
  shows: Shows,
  marks: readonly Mark[],
  counts: ReadonlyMap<string, number> | null,
): Picked | null {
  const figure = figureAt(map, spot, touch);
  if (figure === undefined) return area(map, spot, counts);
  const { place, level, count, id, ring, lon, lat } = figure.properties as Figure;
  const z = tileZoom(shows, map.getZoom());
  if (figure.layer.id === "discs") {
    const at: LngLat = [lon, lat];
    const mark: Mark = { place, level, count, id: null, at, layer: "places" };
    const alone = shows === "case" && atOneSpot(mark, marks, z).length === 1;
    const bbox = alone ? cellBox(at, z) : null;
    return { kind: "place", place: { code: place, level, count, coarse: ring, at, bbox } };
  }
  const at = pointOf(figure);
  const clicked: Mark = { place, level, count, id: id ?? null, at, layer: "points" };
  const together = atOneSpot(clicked, marks, z);
  const alone = together.length <= 1;
  const points = {
    place,
    count: alone ? count : sumOf(together),
    id: alone ? (id ?? null) : null,
    at,
    bbox: cellBox(at, z),
  };
  return { kind: "points", points };
}

function area(map: Library, spot: Spot, counts: ReadonlyMap<string, number> | null): Picked | null {
  const layers = AREAS.filter((id) => map.getLayer(id));
  const found = map.queryRenderedFeatures([spot.x, spot.y], { layers: [...layers] });
  const order = (feature: MapGeoJSONFeature) =>
    (AREAS as readonly string[]).indexOf(feature.layer.id);
  const feature = [...found].sort((a, b) => order(a) - order(b))[0];
  const code: unknown = feature?.properties.code;
  if (feature === undefined || typeof code !== "string") return null;
  const { lng, lat } = map.unproject([spot.x, spot.y]);
  const level: Level = levelOf(feature.layer.id);
  const count = counts && (counts.get(code) ?? 0);
  const place = { code, level, count, coarse: false, at: [lng, lat] as const, bbox: null };
  return { kind: "place", place };
}

function levelOf(layer: string): Level {
  return layer === "county" || layer === "prefecture" ? layer : "province";
}

function pointOf(feature: MapGeoJSONFeature): LngLat {
  return (feature.geometry as unknown as { coordinates: [number, number] }).coordinates;
}
