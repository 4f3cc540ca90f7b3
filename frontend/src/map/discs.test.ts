import { describe, expect, it } from "vitest";
import { Names } from "./basemap.ts";
import type { LngLat } from "./contract.ts";
import { discImage, discsOf, radiusOf, shortNumber } from "./discs.ts";
import { labelsOf, type Naming } from "./labels.ts";
import type { Mark } from "./numbers.ts";
import { type Disc, spread } from "./spread.ts";

const names = new Names({
  provinces: [
    ["440000", "广东", "Guangdong", 113.25, 23.12],
    ["460000", "海南", "Hainan", 110.35, 20.03],
    ["810000", "香港", "Hong Kong", 114.1, 22.44],
  ],
  units: [["440300", "深圳", "Shenzhen", 114.06, 22.54]],
  undivided: ["810000"],
});
const SPEAKING = { names, lang: "en" as const };

/** Ten pixels a degree, y downwards. */
const MAP = {
  width: 1000,
  project: ([lon, lat]: LngLat) => ({ x: lon * 10, y: -lat * 10 }),
  unproject: ([x, y]: readonly [number, number]): LngLat => [x / 10, -y / 10],
};

function mark(place: string, count: number, lon: number, lat: number, changes = {}): Mark {
  const at: LngLat = [lon, lat];
  return { place, level: "province", count, id: null, at, layer: "places", ...changes };
}

function overlaps(discs: readonly Disc[]): number {
  let most = 0;
  for (const [i, a] of discs.entries()) {
    for (const b of discs.slice(i + 1)) {
      most = Math.max(most, a.radius + b.radius - Math.hypot(a.x - b.x, a.y - b.y));
    }
  }
  return most;
}

describe("numbers on discs", () => {
  it("are short from ten thousand on, in the way of the language", () => {
    expect(shortNumber(850, "zh")).toBe("850");
    expect(shortNumber(9999, "en")).toBe("9,999");
    expect(shortNumber(12_000, "zh")).toBe("1.2万");
    expect(shortNumber(12_000, "zh-Hant")).toBe("1.2萬");
    expect(shortNumber(12_000, "en")).toBe("12k");
    expect(shortNumber(1_250_000, "en")).toBe("1.3M");
  });

  it("fit in, and the largest is no larger than it may be", () => {
    expect(radiusOf(1, 1000, "1", 24)).toBeLessThan(radiusOf(500, 1000, "500", 24));
    expect(radiusOf(1000, 1000, "1", 24)).toBe(24);
    expect(radiusOf(1, 1000, "9,999", 12) * 2).toBeGreaterThan(5 * 13 * 0.5);
  });

  it("are round images with room for a halo", () => {
    const { width, height, data } = discImage(20);
    expect([width, height]).toEqual([48, 48]);
    const alpha = (x: number, y: number) => data[(y * width + x) * 4 + 3];
    expect(alpha(24, 24)).toBe(255);
    expect(alpha(24, 4)).toBeGreaterThan(190);
    expect(alpha(24, 3)).toBeLessThan(190);
    expect(alpha(0, 0)).toBe(0);
  });
});

describe("discs that would overlap", () => {
  it("part, and the larger gives way less", () => {
    const [small, large] = spread([
      { x: 0, y: 0, radius: 10 },
      { x: 5, y: 0, radius: 20 },
    ]);
    expect((large?.x ?? 0) - (small?.x ?? 0)).toBeGreaterThanOrEqual(30);
    expect(Math.abs((large?.x ?? 0) - 5)).toBeLessThan(Math.abs(small?.x ?? 0));
  });

  it("part where they lie at one spot, and always in the same way", () => {
    const discs = Array.from({ length: 34 }, (_, index) => ({
      x: 200 + (index % 3),
      y: 200,
      radius: 11 + (index % 6),
    }));
    const placed = spread(discs);
    const moved = discs.map((disc, index) => ({ ...disc, ...placed[index] }));
    expect(overlaps(moved)).toBeLessThan(2);
    expect(spread(discs)).toEqual(placed);
  });

  it("stay where nothing is in their way, and beside what is fixed", () => {
    const alone = spread([{ x: 50, y: 60, radius: 12 }]);
    expect(alone[0]?.x).toBeCloseTo(50, 1);
    const placed = spread([
      { x: 0, y: 0, radius: 12 },
      { x: 3, y: 1, radius: 12, fixed: true },
    ]);
    expect(placed[1]).toEqual({ x: 3, y: 1 });
    expect(Math.hypot((placed[0]?.x ?? 0) - 3, (placed[0]?.y ?? 0) - 1)).toBeGreaterThan(23.9);
  });

  it("carry their place, and get a line to it where they were moved far", () => {
    const marks = [mark("110000", 90, 116.4, 39.9), mark("120000", 40, 117.2, 39.1)];
    const { discs, leaders } = discsOf(marks, "province", SPEAKING, MAP);
    expect(discs.map(({ properties }) => properties.lon)).toEqual([116.4, 117.2]);
    expect(discs.every(({ properties }) => !properties.ring)).toBe(true);
    expect(leaders.length).toBeGreaterThan(0);
    expect(leaders.some((line) => line.geometry.coordinates[0]?.[0] === 117.2)).toBe(true);
  });

  it("are rings where no more is known, and points are none of them", () => {
    const marks = [
      mark("440000", 9, 113, 23),
      mark("440300", 4, 114, 22, { level: "prefecture" }),
      mark("810000", 4, 116, 22),
      mark("440304", 2, 114, 22.5, { level: "county", layer: "points" }),
    ];
    const rings = (shows: "prefecture" | "case") =>
      discsOf(marks, shows, SPEAKING, MAP).discs.map(({ properties }) => properties.ring);
    // Hong Kong's cases are not known any less for there being no place below it.
    expect(rings("prefecture")).toEqual([true, false, false]);
    expect(rings("case")).toEqual([true, true, true]);
  });
});

describe("names", () => {
  const naming: Naming = {
    names,
    lang: "zh",
    name: (code) => (code === "440304" ? "福田区" : undefined),
    convert: (text) => text.replace("广东", "廣東"),
  };
  const drawn = new Set(["440000", "460000"]);
  const guangdong = [mark("440000", 9, 113.25, 23.12)];
  const labels = (lang: Naming["lang"]) => {
    const { discs } = discsOf(guangdong, "province", { names, lang }, MAP);
    return labelsOf("province", discs, guangdong, { ...naming, lang }, drawn).map(
      ({ properties }) => `${properties.name}${properties.faint ? " (faint)" : ""}`,
    );
  };

  it("are those of what has a number, and faintly of drawn provinces without one", () => {
    expect(labels("zh")).toEqual(["广东", "海南 (faint)"]);
    expect(labels("en")).toEqual(["Guangdong", "Hainan (faint)"]);
    expect(labels("zh-Hant")).toEqual(["廣東", "海南 (faint)"]);
  });

  it("are the vocabulary's for counties, and none where it has none", () => {
    const point = (place: string) =>
      mark(place, 2, 114, 22.5, { level: "county", layer: "points" });
    const marks = [point("440304"), point("440305")];
    const found = labelsOf("case", [], marks, naming, drawn);
    expect(found.map(({ properties }) => properties.name)).toEqual(["福田区", "深圳"]);
  });
});
