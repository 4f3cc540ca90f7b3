import { describe, expect, test } from "vitest";
import { placeFile } from "../../../build/places.ts";
import { unpack } from "./place_index.ts";
import { findPlaces } from "./place_match.ts";

const index = unpack(placeFile());
const find = (text: string, counts: Record<string, number> = {}) =>
  findPlaces(index, text, new Map(Object.entries(counts)));

describe("finding a place", () => {
  test.each([
    ["深圳", "440300"],
    ["shenzhen", "440300"],
    ["Shen Zhen", "440300"],
    ["sz", "440300"],
    ["广东深圳", "440300"],
    ["廣東省深圳市", "440300"],
    ["guangdong shenzhen", "440300"],
    ["chongqing", "500000"],
    ["cq", "500000"],
    ["廈門", "350200"],
    ["xiamen", "350200"],
    ["lu'an", "341500"],
    ["liuan", "341500"],
    ["panyu", "440113"],
    ["bengbu", "340300"],
    ["bozhou", "341600"],
    ["lvliang", "141100"],
    ["luliang", "141100"],
    ["lüliang", "141100"],
    ["Ürümqi", "650100"],
    ["urumqi", "650100"],
    ["wulumuqi", "650100"],
    ["lhasa", "540100"],
    ["la sa", "540100"],
    ["Hong Kong", "810000"],
    ["臺灣", "710000"],
    ["北京朝阳", "110105"],
    ["仙桃", "429004"],
    ["延庆县", "110119"],
  ])("%s", (text, code) => {
    expect(find(text)[0]?.place.code).toBe(code);
  });

  test("names what was meant where it is another name of the place", () => {
    expect(find("虎門鎮")[0]).toMatchObject({ other: "虎门镇", place: { code: "441900" } });
    expect(find("humen")[0]).toMatchObject({ other: "虎门镇", place: { code: "441900" } });
  });

  test("puts exact names first, then larger places, then those with more cases", () => {
    const found = find("朝阳", { "220104": 3, "110105": 1 }).map(({ place }) => place.code);
    expect(found.slice(0, 3)).toEqual(["110105", "211300", "220104"]);
  });

  test("does not take a city for what its counties only end with", () => {
    expect(find("朝阳县").map(({ place }) => place.zh)).toEqual(["朝阳县"]);
  });

  test("finds nothing for nothing, signs and what is no place", () => {
    for (const text of ["", "  ", "，。", "%", "zzzz", "x".repeat(5000)])
      expect(find(text)).toEqual([]);
  });
});
