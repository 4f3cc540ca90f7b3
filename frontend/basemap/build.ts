/** Makes the basemap: land, borders and provinces as two small TopoJSONs, and the names on it. */
import type { FeatureCollection } from "geojson";
import { mergeArcs, meshArcs, quantize } from "topojson-client";
import { topology } from "topojson-server";
import { filter, filterAttachedWeight, presimplify, simplify } from "topojson-simplify";
import type { GeometryCollection, MultiPolygon, Polygon, Topology } from "topojson-specification";
import { type Box, clip } from "./clip.ts";
import { type Division, readDivisions } from "./divisions.ts";
import type { Basemap, Name } from "./format.ts";
import { type Area, readSources, type Sources } from "./sources.ts";

/** Somewhat more than the map can be moved to. */
export const BOUNDS: Box = [26, -20, 180, 77];
/** Steps across the shapes: some 500 m for the world, 60 m for the provinces. */
const STEPS = { world: 30_000, home: 100_000 };
/** Square degrees of the smallest corner that a line keeps; finer where the map is about. */
const CORNER = { world: 0.008, home: 0.0002 };
/** The library's types leave open what a shape's properties are; ours have none. */
type Given = Parameters<typeof presimplify>[0];
const NEAR: Box = [73, 17, 136, 54];
const NEARER = 20;
/** Square degrees of the smallest island of the world that is kept. */
const ISLAND = 0.02;

/** The basemap from the packages, or from the files in the folder `own` where there are any. */
export function buildBasemap(own?: string): Basemap {
  const divisions = readDivisions();
  const sources = readSources(divisions, own);
  return {
    world: world(sources),
    home: home(sources),
    claims: sources.claims.map(({ type, geometry }) => ({ type, geometry, properties: {} })),
    names: {
      provinces: names(divisions, true),
      units: names(divisions, false),
      undivided: divisions
        .filter(({ level, divided }) => level === "province" && !divided)
        .map(({ code }) => code),
    },
  };
}

function names(divisions: readonly Division[], provinces: boolean): Name[] {
  return divisions
    .filter((each) => (each.level === "province") === provinces)
    .map(({ code, zh, en, lon, lat }) => [code, zh, en, rounded(lon), rounded(lat)]);
}

/** To 100 metres. */
function rounded(degrees: number): number {
  return Math.round(degrees * 1000) / 1000;
}

function world({ countries, china }: Sources): Basemap["world"] {
  const given = { land: collected(clipped(countries)), china: collected(clipped(china)) };
  const kept = weighted(presimplify(topology(given) as Given));
  const large = filter(kept, filterAttachedWeight(kept, ISLAND));
  const thin = simplify(large, CORNER.world);
  const land = geometries(thin, "land");
  const all: GeometryCollection = {
    type: "GeometryCollection",
    geometries: [...land, ...geometries(thin, "china")],
  };
  const around = new Set<unknown>(land);
  const objects = {
    land: mergeArcs(thin, land as Polygon[]),
    borders: meshArcs(thin, all, (a, b) => a !== b && around.has(a) && around.has(b)),
    seam: meshArcs(thin, all, (a, b) => around.has(a) !== around.has(b)),
  };
  return quantize({ ...thin, objects }, STEPS.world) as Basemap["world"];
}

/** Corners around China weigh more: that is where readers look closely. */
function weighted<T extends Topology>(whole: T): T {
  const [west, south, east, north] = NEAR;
  const arcs = whole.arcs.map((arc) =>
    arc.map(([x = 0, y = 0, weight = 0]) => {
      const near = x >= west && x <= east && y >= south && y <= north;
      return [x, y, near ? weight * NEARER : weight];
    }),
  );
  return { ...whole, arcs };
}

function home({ provinces, rest }: Sources): Basemap["home"] {
  const given = { provinces: collected(provinces), rest: collected(rest) };
  const thin = simplify(presimplify(topology(given) as Given), CORNER.home);
  const all: GeometryCollection = {
    type: "GeometryCollection",
    geometries: geometries(thin, "provinces"),
  };
  const made = {
    provinces: all,
    inner: meshArcs(thin, all, (a, b) => a !== b),
    outer: meshArcs(thin, all, (a, b) => a === b),
    rest: mergeArcs(thin, geometries(thin, "rest") as Polygon[]),
  };
  return quantize({ ...thin, objects: made }, STEPS.home) as Basemap["home"];
}

/** The shapes of one object; where every shape was too small, or there was none, it has none. */
function geometries(whole: Topology, name: string): (Polygon | MultiPolygon)[] {
  const object = whole.objects[name] as Partial<GeometryCollection> | undefined;
  return (object?.geometries ?? []) as (Polygon | MultiPolygon)[];
}

/** Without properties: whatever a file says of its shapes is not for readers to load. */
function collected(areas: readonly Area[]): FeatureCollection {
  const features = areas.map(({ geometry, id }) => ({
    type: "Feature" as const,
    ...(id === undefined ? {} : { id }),
    properties: {},
    geometry,
  }));
  return { type: "FeatureCollection", features };
}

function clipped(areas: readonly Area[]): Area[] {
  return areas.flatMap((area) => {
    const geometry = clip(area.geometry, BOUNDS);
    return geometry === null ? [] : [{ ...area, geometry }];
  });
}
