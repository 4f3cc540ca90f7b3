/** Reads from the library's tiles the marks that numbers.ts counts. */
import type { Map as Library } from "maplibre-gl";
import { type Box, type Mark, marksOf, type Shows, type TileFeature } from "./numbers.ts";
import { COUNTED } from "./style.ts";

/** The zoom of the tiles that a source shows at a zoom of the map. */
export function tileZoom(shows: Shows, zoom: number): number {
  const { minzoom, maxzoom } = COUNTED[shows];
  return Math.min(Math.max(Math.floor(zoom), minzoom), maxzoom);
}

/** All marks of the tiles at hand, those around the view included; null while some are missing. */
export function readMarks(map: Library, shows: Shows): Mark[] | null {
  if (!map.getSource(shows) || !map.isSourceLoaded(shows)) return null;
  const z = tileZoom(shows, map.getZoom());
  const layers = shows === "case" ? (["places", "points"] as const) : (["places"] as const);
  return layers.flatMap((layer) => {
    const features = map.querySourceFeatures(shows, { sourceLayer: layer });
    return marksOf(features as unknown as TileFeature[], layer, z);
  });
}

export function viewBox(map: Library): Box {
  const bounds = map.getBounds();
  return [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
}
