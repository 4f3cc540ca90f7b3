import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import type { MultiPolygon, Position } from "geojson";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BOUNDS, buildBasemap } from "../../basemap/build.ts";
import { clip } from "../../basemap/clip.ts";
import type { Basemap } from "../../basemap/format.ts";
import { boundsOf, type Ground, ground } from "./basemap.ts";

const PROVINCES_OF_THE_PACKAGE = 31;

/** Whether a point lies in a polygon, by counting the edges to its east. */
function within([x = 0, y = 0]: Position, rings: Position[][]): boolean {
  let inside = false;
  for (const ring of rings) {
    for (const [index, [ax = 0, ay = 0]] of ring.entries()) {
      const [bx = 0, by = 0] = ring[(index + 1) % ring.length] ?? [];
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
    }
  }
  return inside;
}

function polygonsOf(shape: Ground["provinces"]["features"][number]["geometry"]): Position[][][] {
  return shape.type === "Polygon" ? [shape.coordinates] : shape.coordinates;
}

describe("the basemap of the packages", () => {
  let built: Basemap;
  let made: Ground;
  beforeAll(() => {
    built = buildBasemap(join(tmpdir(), "no-such-folder"));
    made = ground(built);
  });

  it("is small", () => {
    const { length } = brotliCompressSync(JSON.stringify(built));
    expect(length).toBeLessThan(100_000);
    expect(length).toBeGreaterThan(20_000);
  });

  it("has each province under the code of the capital that lies in it", () => {
    const codes = made.provinces.features.map(({ properties }) => properties.code);
    expect(new Set(codes).size).toBe(PROVINCES_OF_THE_PACKAGE);
    for (const { properties, geometry } of made.provinces.features) {
      const at = made.names.at(properties.code) as [number, number];
      const hit = polygonsOf(geometry).some((rings) => within(at, rings));
      expect(hit, properties.code).toBe(true);
    }
  });

  it("names all first-level places and what a map of prefectures counts by", () => {
    expect(built.names.provinces).toHaveLength(34);
    expect(built.names.undivided).toEqual(["710000", "810000", "820000"]);
    expect(made.names.name("440000", "zh")).toBe("广东");
    expect(made.names.name("440300", "en")).toBe("Shenzhen");
    // A district of a municipality counts by itself; its one prefecture row does not.
    expect(made.names.name("110105", "en")).toContain("Chaoyang");
    expect(made.names.name("110100", "zh")).toBeUndefined();
    expect(made.names.name("440306", "zh")).toBeUndefined();
  });

  it("has land where land is, also beyond the 180th meridian's jump", () => {
    const land = made.base.features.filter(({ properties }) => properties?.kind === "land");
    const polygons = land.flatMap(({ geometry }) => (geometry as MultiPolygon).coordinates);
    const isLand = (at: Position) => polygons.some((rings) => within(at, rings));
    // Irkutsk, Delhi, Tokyo, Chukotka; then the Bay of Bengal, the Laptev and the Yellow Sea.
    for (const at of [
      [104.3, 52.3],
      [77.2, 28.6],
      [139.3, 35.8],
      [175, 66.8],
    ]) {
      expect(isLand(at), String(at)).toBe(true);
    }
    for (const at of [
      [88, 15],
      [130, 75],
      [123, 36],
    ])
      expect(isLand(at), String(at)).toBe(false);
  });

  it("keeps to its box", () => {
    const [west, south, east, north] = BOUNDS;
    const points = JSON.stringify(made.base).matchAll(/\[(-?[\d.]+),(-?[\d.]+)\]/g);
    let count = 0;
    for (const [, lon, lat] of points) {
      count += 1;
      expect(Number(lon) >= west && Number(lon) <= east).toBe(true);
      expect(Number(lat) >= south && Number(lat) <= north).toBe(true);
    }
    expect(count).toBeGreaterThan(5000);
  });

  it("knows where a province is", () => {
    const [west, south, east, north] = boundsOf(made.provinces, "460000") ?? [0, 0, 0, 0];
    expect(west).toBeCloseTo(108.6, 0);
    expect(south).toBeCloseTo(18.2, 0);
    expect(east - west).toBeLessThan(4);
    expect(north).toBeLessThan(21);
    expect(boundsOf(made.provinces, "990000")).toBeUndefined();
  });
});

describe("a deployment's own files", () => {
  const folder = mkdtempSync(join(tmpdir(), "basemap-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const square = (west: number, south: number) => [
    [west, south],
    [west + 5, south],
    [west + 5, south + 5],
    [west, south + 5],
    [west, south],
  ];
  const file = (name: string, features: unknown[]) =>
    writeFileSync(join(folder, name), JSON.stringify({ type: "FeatureCollection", features }));
  const area = (properties: object, west: number) => ({
    type: "Feature",
    properties,
    geometry: { type: "Polygon", coordinates: [square(west, 30)] },
  });

  it("replace countries and provinces and add claims", () => {
    file("countries.geojson", [area({ iso_n3: "356" }, 80), area({ iso_n3: "156" }, 85)]);
    file("provinces.geojson", [area({ code: 440000 }, 110), area({}, 120)]);
    const line = {
      type: "LineString",
      coordinates: [
        [110, 5],
        [112, 6],
      ],
    };
    file("claims.geojson", [{ type: "Feature", properties: { secret: 1 }, geometry: line }]);
    const { base, provinces } = ground(buildBasemap(folder));
    expect(provinces.features.map(({ properties }) => properties.code)).toEqual(["440000"]);
    const kinds = base.features.map(({ properties }) => properties?.kind);
    expect(kinds.filter((kind) => kind === "claim")).toHaveLength(1);
    const texts = base.features.map((shape) => JSON.stringify(shape));
    expect(texts.some((text) => text.includes("secret"))).toBe(false);
    // The neighbour and the shape without a code are land; China's own square is not.
    const land = texts.filter((text) => text.includes('"land"')).join();
    expect(land).toMatch(/\[8[05],3[05]\]/);
    expect(land).toMatch(/\[12[05],3[05]\]/);
    expect(land).not.toContain("[90,");
    const seam = texts.find((text) => text.includes('"seam"'));
    expect(seam).toMatch(/\[(85|84\.999\d*),3[05]\]/);
  });

  it("may hold no China and nothing beside the provinces", () => {
    file("countries.geojson", [area({ iso_n3: "356" }, 80)]);
    file("provinces.geojson", [area({ code: "440000" }, 110)]);
    expect(ground(buildBasemap(folder)).provinces.features).toHaveLength(1);
  });

  it("are refused where they are none", () => {
    writeFileSync(join(folder, "claims.geojson"), '{"type": "Topology"}');
    expect(() => buildBasemap(folder)).toThrow("not a FeatureCollection");
  });
});

describe("clipping", () => {
  it("cuts at each edge and drops what is outside", () => {
    const box = [0, 0, 10, 10] as const;
    const ring = [
      [-5, 5],
      [5, 15],
      [15, 5],
      [5, -5],
      [-5, 5],
    ];
    const cut = clip({ type: "Polygon", coordinates: [ring] }, box);
    const points = cut?.coordinates.flat(2) ?? [];
    expect(points.length).toBeGreaterThanOrEqual(4);
    for (const [x = -1, y = -1] of points) {
      expect(x >= 0 && x <= 10 && y >= 0 && y <= 10).toBe(true);
    }
    const away = [
      [20, 20],
      [21, 20],
      [21, 21],
      [20, 20],
    ];
    expect(clip({ type: "Polygon", coordinates: [away] }, box)).toBeNull();
  });
});
