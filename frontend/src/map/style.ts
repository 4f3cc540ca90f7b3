/** The layers as a painter's list, lowest first, and the sources they are drawn from. */
import type { LayerSpecification, SourceSpecification } from "maplibre-gl";
import type { Ground } from "./basemap.ts";
import type { Language, Level } from "./contract.ts";
import { figureLayers } from "./figures.ts";
import { groundLayers } from "./ground.ts";
import type { Palette } from "./palette.ts";

/** What the layers depend on. */
export interface Look {
  readonly palette: Palette;
  readonly lang: Language;
  readonly choropleth: boolean;
  readonly boundaries: readonly Level[];
}

/** One source for each of the tiles' three ways to count, so that none stands in for another. */
export const COUNTED = {
  province: { minzoom: 0, maxzoom: 4 },
  prefecture: { minzoom: 5, maxzoom: 7 },
  case: { minzoom: 8, maxzoom: 12 },
} as const;
const EMPTY = { type: "FeatureCollection" as const, features: [] };

export function sources(
  { base, provinces }: Ground,
  counts: string,
  boundaries: string | null,
): Record<string, SourceSpecification> {
  const made: Record<string, SourceSpecification> = {
    base: { type: "geojson", data: base },
    provinces: { type: "geojson", data: provinces, promoteId: "code" },
    box: { type: "geojson", data: EMPTY },
    leaders: { type: "geojson", data: EMPTY },
    discs: { type: "geojson", data: EMPTY },
    names: { type: "geojson", data: EMPTY },
    highlight: { type: "geojson", data: EMPTY },
  };
  for (const [shows, zooms] of Object.entries(COUNTED)) {
    made[shows] = { type: "vector", tiles: [counts], ...zooms };
  }
  if (boundaries !== null) {
    const promoteId = { provinces: "code", prefectures: "code", counties: "code" };
    made.boundaries = { type: "vector", tiles: [boundaries], minzoom: 0, maxzoom: 10, promoteId };
  }
  return made;
}

export function layers(look: Look): LayerSpecification[] {
  return [...groundLayers(look), ...figureLayers(look)];
}
