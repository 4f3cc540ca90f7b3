/** What the basemap file holds: written by build.ts, read by the page. */
import type { Feature } from "geojson";
import type {
  GeometryCollection,
  MultiLineString,
  MultiPolygon,
  Topology,
} from "topojson-specification";

/** Code, short Chinese name, English name, longitude and latitude of the place's number. */
export type Name = readonly [string, string, string, number, number];

export interface Basemap {
  /**
   * `borders`: between the countries around China. `seam`: China's land borders as the countries'
   * file has them; along it the two sources do not quite meet, and the gaps are filled.
   */
  readonly world: Topology<{ land: MultiPolygon; borders: MultiLineString; seam: MultiLineString }>;
  /** `inner`: lines between provinces; `outer`: around all of them; `rest`: drawn as land. */
  readonly home: Topology<{
    provinces: GeometryCollection;
    inner: MultiLineString;
    outer: MultiLineString;
    rest: MultiPolygon;
  }>;
  /** Lines a deployment adds, drawn dashed. */
  readonly claims: readonly Feature[];
  /** `undivided`: provinces below which the gazetteer knows no places. */
  readonly names: {
    readonly provinces: readonly Name[];
    readonly units: readonly Name[];
    readonly undivided: readonly string[];
  };
}
