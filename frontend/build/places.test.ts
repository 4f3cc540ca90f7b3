import { readFileSync } from "node:fs";
import { brotliCompressSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { unpack } from "../src/views/filters/place_index.ts";
import { placeFile } from "./places.ts";
import { readings } from "./readings.ts";
import { rows } from "./tables.ts";

const file = placeFile();
const { places, script } = unpack(file);
const table = rows(
  readFileSync(new URL("../../api/places/data/regions.csv", import.meta.url), "utf8"),
);

describe("the index of places", () => {
  test("gives back every name and code of the table, and what each place belongs to", () => {
    const regular = table.filter(({ kind }) => kind === "regular");
    expect(places.map(({ code, zh, en }) => [code, zh, en])).toEqual(
      regular.map((row) => [row.code, row.name_zh, row.name_en]),
    );
    const parents = new Map(table.map((row) => [row.code, row]));
    for (const place of places) {
      const above = parents.get(parents.get(place.code)?.parent_code);
      if (above?.kind === "regular") expect(place.above?.code).toBe(above.code);
    }
  });

  test("leaves out municipalities' second rows and groups of directly run counties", () => {
    const at = (code: string) => places.find((place) => place.code === code);
    expect(at("110100")).toBeUndefined();
    expect(at("110105")?.above?.zh).toBe("北京市");
    expect(at("419000")).toBeUndefined();
    expect(at("419001")?.above?.zh).toBe("河南省");
  });

  test("is small enough for a phone", () => {
    expect(brotliCompressSync(JSON.stringify(file)).length).toBeLessThan(40_000);
  });

  test("knows traditional characters that names use, and leaves shared ones alone", () => {
    expect(["廣", "廈", "臺", "灣", "東"].map((one) => script.get(one))).toEqual([..."广厦台湾东"]);
    expect(script.has("乾")).toBe(false);
  });
});

describe("readings of names", () => {
  test.each([
    ["重庆市", "重庆", "Chongqing", "chong qing shi"],
    ["厦门市", "厦门", "Xiamen", "xia men shi"],
    ["六安市", "六安", "Lu'an", "lu an shi"],
    ["番禺区", "番禺", "Panyu District", "pan yu qu"],
    ["蚌埠市", "蚌埠", "Bengbu", "beng bu shi"],
    ["亳州市", "亳州", "Bozhou", "bo zhou shi"],
    ["长沙市", "长沙", "Changsha", "chang sha shi"],
    ["大理市", "大理", "Dali", "da li shi"],
    ["乐清市", "乐清", "Yueqing", "yue qing shi"],
    ["乐亭县", "乐亭", "Laoting County", "lao ting xian"],
    ["闵行区", "闵行", "Minhang District", "min hang qu"],
    ["歙县", "歙县", "She County", "she xian"],
    ["都安瑶族自治县", "都安", "Du'an Yao Autonomous County", "du an yao zu zi zhi xian"],
    ["吕梁市", "吕梁", "Lüliang", "lv liang shi"],
    // English names of another language say nothing of the pinyin.
    ["喀什市", "喀什", "Kashgar", "ka shi shi"],
    ["库尔勒市", "库尔勒", "Korla", "ku er le shi"],
  ])("%s", (name, short, english, spoken) => {
    expect(readings(name, short, english).join(" ")).toBe(spoken);
  });
});
