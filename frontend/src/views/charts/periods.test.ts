import { describe, expect, it } from "vitest";
import { chartWordsOf } from "../../i18n/charts.ts";
import { breaksIn, isPartial } from "./periods.ts";
import { ticksOf } from "./ticks.ts";

const words = chartWordsOf("en");
const at = (keys: string[], map = "strikes") => breaksIn(keys, map, words).map((mark) => mark.at);

describe("where counting changed", () => {
  it("stands between two months", () => {
    expect(at(["2016-11", "2016-12", "2017-01"])).toEqual([1.5]);
    expect(at(["2025-05", "2025-06", "2025-07"])).toEqual([1.5]);
  });

  it("stands between two years, and on the year that two archives share", () => {
    expect(at(["2016", "2017", "2018"])).toEqual([0.5]);
    expect(at(["2016", "2017", "2024", "2025", "2026"])).toEqual([0.5, 3]);
  });

  it("is not marked where the range does not cross it", () => {
    expect(at(["2017-01", "2017-02"])).toEqual([]);
    expect(at(["2025-05", "2025-06"])).toEqual([]);
    expect(at(["2025-07", "2025-08"])).toEqual([]);
    expect(at(["2025"])).toEqual([]);
  });

  it("is known of the record of strikes only, as far as the method goes", () => {
    expect(at(["2016", "2017"], "calls")).toEqual([]);
    expect(at(["2016", "2017"], "all")).toEqual([0.5]);
  });
});

describe("periods that are cut short", () => {
  it.each([
    ["2026-05", "2026-05-21", "2026-11-21", true],
    ["2026-05", "2026-05-01", "2026-11-21", false],
    ["2026-06", "2026-05-21", "2026-11-21", false],
    ["2026-11", "2026-05-21", "2026-11-21", true],
    ["2024-02", "all", "2024-02-29", false],
    ["2024-02", "all", "2024-02-28", true],
    ["2026", "all", "", true],
    ["2025", "all", "", false],
    ["2025", "2025-03-01", "", true],
  ])("%s from %s to %s: %s", (key, since, until, partial) => {
    expect(isPartial(key, since, until, "2026-11-21")).toBe(partial);
  });
});

describe("names under the columns", () => {
  const year = Array.from(
    { length: 12 },
    (_, month) => `2025-${String(month + 1).padStart(2, "0")}`,
  );

  it("names every month where there is room, the year once", () => {
    const ticks = ticksOf(year, 60, "en");
    expect(ticks).toHaveLength(12);
    expect(ticks[0]?.text).toBe("Jan\n2025");
    expect(ticks[1]?.text).toBe("Feb");
  });

  it("names fewer where there is less, down to some years", () => {
    expect(ticksOf(year, 25, "zh").map((tick) => tick.text)).toEqual([
      "1月\n2025年",
      "3月",
      "5月",
      "7月",
      "9月",
      "11月",
    ]);
    expect(ticksOf([...year, "2026-01"], 5, "en")).toEqual([
      { at: 0, text: "2025" },
      { at: 12, text: "2026" },
    ]);
    expect(ticksOf(["2019", "2020", "2021", "2022"], 20, "en").map((tick) => tick.text)).toEqual([
      "2020",
      "2022",
    ]);
  });

  it("names bands as they are", () => {
    expect(ticksOf(["0-7", "91+"], 60, "en").map((tick) => tick.text)).toEqual(["0–7", "91+"]);
  });
});
