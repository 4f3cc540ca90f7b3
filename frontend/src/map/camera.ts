/** Where the map looks: the whole country, a position of the address, a place. */
import type { Map as Library } from "maplibre-gl";
import { boundsOf, type Ground } from "./basemap.ts";
import type { Level, LngLat, Position, Target } from "./contract.ts";
import { type Box, COUNTRY } from "./numbers.ts";

/** What the basemap covers, less a margin. */
export const LIMITS: [[number, number], [number, number]] = [
  [26.5, -19],
  [179.5, 76.5],
];
export const ZOOMS = { minZoom: 1.5, maxZoom: 12 };
/** How near a place is looked at where its extent is not known. */
const NEAR: Record<Level, number> = { province: 5.2, prefecture: 8.2, county: 10 };
/** A container narrower than this is a phone's. */
const NARROW = 600;
/** Marks the movements that are not the reader's. */
export const SILENT = { silent: true };

/** The whole country, without a journey there. */
export function showCountry(map: Library): void {
  const padding = map.getContainer().clientWidth < NARROW ? 4 : 24;
  map.fitBounds(corners(COUNTRY), { padding, animate: false }, SILENT);
}

export function showPosition(map: Library, { zoom, lat, lon }: Position): void {
  map.jumpTo({ center: [lon, lat], zoom }, SILENT);
}

export function position(map: Library): Position {
  const { lng, lat } = map.getCenter();
  return { zoom: map.getZoom(), lat, lon: lng };
}

/**
 * Goes to a place or box; answers whether it is known. As an opening view it is there at once,
 * and nobody is told that the map was moved.
 */
export function flyTo(map: Library, ground: Ground, target: Target, opening: boolean): boolean {
  const manner = opening ? { animate: false } : {};
  const said = opening ? SILENT : {};
  const box = boxOf(ground, target);
  if (box !== undefined) {
    map.fitBounds(corners(box), { padding: 24, maxZoom: ZOOMS.maxZoom, ...manner }, said);
    return true;
  }
  if ("bbox" in target) return false;
  const at: LngLat | undefined = target.at ?? ground.names.at(target.code);
  if (at === undefined) return false;
  const zoom = Math.max(map.getZoom(), NEAR[target.level ?? "prefecture"]);
  map.flyTo({ center: [...at], zoom, ...manner }, said);
  return true;
}

function boxOf(ground: Ground, target: Target): Box | undefined {
  if (!("bbox" in target)) return boundsOf(ground.provinces, target.code);
  const numbers = target.bbox.split(",").map(Number);
  return numbers.length === 4 && numbers.every(Number.isFinite) ? (numbers as never) : undefined;
}

function corners([west, south, east, north]: Box): [[number, number], [number, number]] {
  return [
    [west, south],
    [east, north],
  ];
}
