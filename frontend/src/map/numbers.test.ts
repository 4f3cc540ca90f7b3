import { describe, expect, it } from "vitest";
import { cellBox, fromSquare, toSquare } from "./cells.ts";
import { classesFor, classOf } from "./classes.ts";
import { countsAddress } from "./counted.ts";
import {
  atOneSpot,
  byPlace,
  COUNTRY,
  contains,
  inside,
  type Mark,
  marksOf,
  showsAt,
  sumOf,
} from "./numbers.ts";

const SHENZHEN = [114.06, 22.54] as const;

function mark(changes: Partial<Mark> = {}): Mark {
  return {
    place: "440304",
    level: "county",
    count: 1,
    id: null,
    at: SHENZHEN,
    layer: "points",
    ...changes,
  };
}

function feature(z: number, properties: Record<string, unknown>) {
  return { properties, geometry: { type: "Point", coordinates: [...SHENZHEN] }, tile: { z } };
}

describe("what a zoom shows", () => {
  it("is the API's steps", () => {
    expect([0, 4.99, 5, 7.99, 8, 12].map(showsAt)).toEqual([
      "province",
      "province",
      "prefecture",
      "prefecture",
      "case",
      "case",
    ]);
  });

  it("counts no tile of another zoom, which would hold the same cases again", () => {
    const said = { place: "440000", level: "province", count: 7 };
    const found = marksOf([feature(4, said), feature(3, said)], "places", 4);
    expect(sumOf(found)).toBe(7);
    expect(found[0]).toMatchObject({ place: "440000", level: "province", id: null });
  });

  it("keeps the one case of a point", () => {
    const said = { place: "440304", level: "county", count: 1, id: "0000000000001" };
    expect(marksOf([feature(9, said)], "points", 9)[0]?.id).toBe("0000000000001");
  });

  it("puts a place's marks together, most cases first", () => {
    const other = mark({ place: "110105", count: 2 });
    const found = byPlace([mark({ count: 1 }), other, mark({ count: 4, at: [114, 22] })]);
    expect(found.map(({ place, count, at }) => [place, count, at])).toEqual([
      ["440304", 5, [114, 22]],
      ["110105", 2, SHENZHEN],
    ]);
  });
});

describe("the view", () => {
  it("holds the whole country only with all of it", () => {
    expect(contains([70, 15, 140, 55], COUNTRY)).toBe(true);
    expect(contains([80, 15, 140, 55], COUNTRY)).toBe(false);
    // Haikou, Urumqi, Harbin, Taipei.
    for (const at of [
      [110.35, 20.03],
      [87.6, 43.8],
      [126.65, 45.75],
      [121.5, 25],
    ] as const) {
      expect(inside(at, COUNTRY)).toBe(true);
    }
  });
});

describe("a spot", () => {
  it("is the tile's cell: what is in it is not told apart, what is beside it is", () => {
    const z = 8;
    const step = 360 / (2 ** z * 4096);
    const lon = fromSquare([toSquare(SHENZHEN)[0], 0])[0];
    const column = Math.round(((lon + 180) / 360) * 2 ** z * 4096);
    const centre = (column * 360) / (2 ** z * 4096) - 180;
    const here = mark({ at: [centre, 22.54] });
    const close = mark({ at: [centre + step * 0.4, 22.54] });
    const next = mark({ at: [centre + step * 0.9, 22.54] });
    expect(atOneSpot(here, [here, close, next], z)).toEqual([here, close]);
    const [west = 0, south = 0, east = 0, north = 0] = cellBox(here.at, z).split(",").map(Number);
    const box = [west, south, east, north] as const;
    expect(inside(here.at, box)).toBe(true);
    expect(inside(close.at, box)).toBe(true);
    expect(inside(next.at, box)).toBe(false);
  });

  it.each([1, 8, 12])("is projected there and back at zoom %s", (z) => {
    const [lon, lat] = fromSquare(toSquare(SHENZHEN));
    expect(lon).toBeCloseTo(SHENZHEN[0], 9);
    expect(lat).toBeCloseTo(SHENZHEN[1], 9);
    const [west = 0, , east = 0] = cellBox(SHENZHEN, z).split(",").map(Number);
    expect(east - west).toBeCloseTo(360 / (2 ** z * 4096), 5);
  });
});

describe("classes of coloured areas", () => {
  it.each([
    [0, ""],
    [1, "1-"],
    [3, "1-1 2-"],
    [9, "1-1 2-3 4-"],
    [940, "1-10 11-30 31-100 101-300 301-"],
    [100_000, "1-1000 1001-3000 3001-10000 10001-30000 30001-"],
  ])("up to %i cases", (most, expected) => {
    const classes = classesFor(most);
    expect(classes.map(({ from, to }) => `${from}-${to ?? ""}`).join(" ")).toBe(expected);
    for (let count = 1; count <= Math.min(most, 1000); count += 1) {
      const { from, to } = classes[classOf(count, classes)] ?? { from: Number.NaN, to: 0 };
      expect(count >= from && count <= (to ?? most)).toBe(true);
    }
    expect(classOf(0, classes)).toBe(-1);
  });
});

describe("the address of the tiles", () => {
  it("carries the filters, but for what tiles do not take", () => {
    const query = "map=all&q=%E8%AE%A8%E8%96%AA%20%7Bz%7D&bbox=1,2,3,4&lang=en";
    const address = countsAddress(query, "https://example.org");
    expect(address).toBe(
      "https://example.org/api/v1/cases/tiles/{z}/{x}/{y}.mvt?map=all&q=%E8%AE%A8%E8%96%AA+%7Bz%7D",
    );
  });
});
