/** Fetches the basemap that frontend/basemap/ builds and turns it into what the library draws. */
import address from "virtual:basemap";
import type { Feature, FeatureCollection, MultiPolygon, Polygon } from "geojson";
import { feature } from "topojson-client";
import type { Basemap, Name } from "../../basemap/format.ts";
import type { Language, LngLat } from "./contract.ts";
import type { Box, Mark, Shows } from "./numbers.ts";

export interface Ground {
  /** Land and lines, told apart by their property `kind`. */
  readonly base: FeatureCollection;
  /** By their property `code`. */
  readonly provinces: FeatureCollection<Polygon | MultiPolygon, { code: string }>;
  readonly names: Names;
}

export async function fetchGround(): Promise<Ground> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error("the basemap did not come");
  return ground((await answer.json()) as Basemap);
}

export function ground({ world, home, claims, names }: Basemap): Ground {
  const kind = (shape: Feature, name: string) => ({ ...shape, properties: { kind: name } });
  const { geometries } = home.objects.provinces;
  return {
    base: {
      type: "FeatureCollection",
      features: [
        kind(feature(world, world.objects.land), "land"),
        kind(feature(home, home.objects.rest), "land"),
        kind(feature(world, world.objects.seam), "seam"),
        kind(feature(world, world.objects.borders), "border"),
        kind(feature(home, home.objects.outer), "outer"),
        kind(feature(home, home.objects.inner), "inner"),
        ...claims.map((line) => kind(line, "claim")),
      ],
    },
    provinces: {
      type: "FeatureCollection",
      features: geometries.map((shape) => {
        const { geometry } = feature(home, shape) as Feature<Polygon | MultiPolygon>;
        return { type: "Feature", properties: { code: String(shape.id) }, geometry };
      }),
    },
    names: new Names(names),
  };
}

/** The names and numbers' places of provinces and of what a map of prefectures counts by. */
export class Names {
  readonly provinces: readonly Name[];
  readonly units: readonly Name[];
  readonly #byCode: ReadonlyMap<string, Name>;
  readonly #undivided: ReadonlySet<string>;

  constructor({ provinces, units, undivided }: Basemap["names"]) {
    this.provinces = provinces;
    this.units = units;
    this.#byCode = new Map([...provinces, ...units].map((name) => [name[0], name]));
    this.#undivided = new Set(undivided);
  }

  /** Whether a number at this zoom stands for what is known no finer than its place. */
  coarse({ place, level, layer }: Mark, shows: Shows): boolean {
    if (layer === "points" || shows === "province") return false;
    return shows === "case" || (level === "province" && !this.#undivided.has(place));
  }

  name(code: string, lang: Language): string | undefined {
    return this.#byCode.get(code)?.[lang === "en" ? 2 : 1];
  }

  at(code: string): LngLat | undefined {
    const found = this.#byCode.get(code);
    return found && [found[3], found[4]];
  }
}

/** The box around a province's polygon, or undefined where the basemap has none. */
export function boundsOf(provinces: Ground["provinces"], code: string): Box | undefined {
  const shape = provinces.features.find(({ properties }) => properties.code === code)?.geometry;
  if (shape === undefined) return undefined;
  const polygons = shape.type === "Polygon" ? [shape.coordinates] : shape.coordinates;
  const points = polygons.flat(2);
  const lons = points.map(([lon = 0]) => lon);
  const lats = points.map(([, lat = 0]) => lat);
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
}
