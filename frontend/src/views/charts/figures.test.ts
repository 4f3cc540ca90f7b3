import { describe, expect, it } from "vitest";
import type { Options, Stats } from "../../api/types.ts";
import { wordsOf } from "../../i18n/index.ts";
import type { Actions } from "../../state/actions.ts";
import type { State } from "../../state/store.ts";
import type { Scene } from "../scene.ts";
import { type Figure, figuresOf, MOST_BARS } from "./figures.ts";
import { dimensionsOf } from "./kinds.ts";

type Counts = Record<string, number>;

function tallies(counts: Counts): { key: string | null; count: number }[] {
  return Object.entries(counts).map(([key, count]) => ({ key: key === "" ? null : key, count }));
}

function sceneOf(
  by: Record<string, Counts>,
  { filters = {}, total = 100, lang = "en" as "zh" | "en", labels = {} as Counts } = {},
): Scene {
  const inForce: Record<string, string> = { map: "calls", until: "2026-11-21", ...filters };
  const parts = Object.entries(inForce).map(([name, value]) => ({
    name,
    values: value.split(","),
    zh: value,
    en: value,
    removable: true,
  }));
  const stats: Stats = {
    filters: { canonical: "", parts, sentence: { zh: "求助", en: "Calls for help" } },
    total,
    by: Object.fromEntries(Object.entries(by).map(([name, counts]) => [name, tallies(counts)])),
  };
  const option = (code: string) => ({
    code,
    parent: null,
    zh: `甲${code}`,
    en: `A ${code}`,
    count: 1,
  });
  const options = {
    filters: Object.keys(labels).map((key) => {
      const [name = "", code = ""] = key.split(":");
      return { name, options: [option(code)] };
    }),
  } as unknown as Options;
  const state = {
    config: { today: "2026-11-21" },
    page: { filters: {} },
    stats: { data: stats },
    options: { data: options },
  } as unknown as State;
  const served = {
    rows: new Map(),
    cases: null,
    list: null,
    figures: new Map(),
    above: null,
  };
  return { state, act: {} as Actions, words: wordsOf(lang), lang, served };
}

function only(scene: Scene): Figure {
  const [figure] = figuresOf(scene);
  if (!figure) throw new Error("no figure");
  return figure;
}

describe("which charts there are", () => {
  it("draws what means something on the map", () => {
    expect(dimensionsOf("calls")).toContain("reply_days");
    expect(dimensionsOf("strikes")).not.toContain("reply_days");
    expect(dimensionsOf("accidents")).toContain("accident_type");
    expect(dimensionsOf("accidents")).not.toContain("action");
    expect(dimensionsOf("all").slice(0, 2)).toEqual(["month", "year"]);
  });

  it("draws nothing of nothing", () => {
    expect(figuresOf(sceneOf({ industry: {} }, { total: 0 }))).toEqual([]);
  });

  it("gives the same figures for the same statistics", () => {
    const scene = sceneOf({ industry: { mining: 100 } });
    expect(figuresOf(scene)).toBe(figuresOf({ ...scene }));
  });
});

describe("numbers", () => {
  it("says n and the missing share, and keeps the blank row for the table", () => {
    const figure = only(sceneOf({ industry: { mining: 60, retail: 30, "": 10 } }));
    expect(figure.counted).toContain("n\u00a0=\u00a090 of 100.");
    expect(figure.counted).toContain("Industry not stated: 10 (10%).");
    expect(figure.drawn.map((row) => row.key)).toEqual(["mining", "retail"]);
    expect(figure.rows.at(-1)).toMatchObject({ key: null, count: 10, share: 0.1, changes: null });
  });

  it("says so where a case may count more than once, and only there", () => {
    const figures = figuresOf(
      sceneOf({ issue: { wages: 80, hours: 70 }, region: { "440000": 100 } }),
    );
    const several = figures.map((figure) => figure.counted.includes("several"));
    expect(several).toEqual([true, false]);
  });

  it("draws no more bars than fit, and says of how many", () => {
    const many = Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`term_${at}`, 40 - at]));
    const figure = only(sceneOf({ issue: many }));
    expect(figure.drawn).toHaveLength(MOST_BARS);
    expect(figure.rows).toHaveLength(40);
    expect(figure.notes).toContain("Drawn are the 15 most frequent of 40.");
  });

  it("shows bands of days without a case, which the API leaves out", () => {
    const figure = only(sceneOf({ reply_days: { "0-7": 5, "91+": 1, "": 94 } }));
    expect(figure.drawn.map((row) => row.count)).toEqual([5, 0, 0, 0, 0, 1]);
    expect(figure.drawn.map((row) => row.label)).toContain("91 days or more");
    expect(figure.rows.every((row) => row.changes === null)).toBe(true);
  });
});

describe("months and years", () => {
  const months = (from: number, to: number) =>
    Object.fromEntries(
      Array.from({ length: (to - from) * 12 }, (_, at) => [
        `${from + Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, "0")}`,
        1,
      ]),
    );

  it("counts five years by month, more by year", () => {
    const year = { "2020": 60 };
    expect(only(sceneOf({ month: months(2015, 2020), year })).name).toBe("month");
    expect(only(sceneOf({ month: months(2014, 2020), year })).name).toBe("year");
  });

  it("keeps the window's own ends, so that the number stays what was clicked", () => {
    const scene = sceneOf(
      { month: { "2026-05": 20, "2026-06": 60, "2026-11": 20 } },
      { filters: { since: "2026-05-21" } },
    );
    expect(only(scene).rows.map((row) => row.changes)).toEqual([
      { since: "2026-05-21", until: "2026-05" },
      { since: "2026-06", until: "2026-06" },
      { since: "2026-11", until: "2026-11-21" },
    ]);
    expect(only(scene).rows.map((row) => row.partial)).toEqual([true, false, true]);
    expect(only(scene).notes.at(-1)).toContain("May 2026, November 2026");
  });
});

describe("labels and filters", () => {
  it("takes labels from the options, else the code", () => {
    const scene = sceneOf(
      { industry: { mining: 60, new: 40 } },
      { labels: { "industry:mining": 1 } },
    );
    expect(only(scene).rows.map((row) => row.label)).toEqual(["A mining", "new"]);
  });

  it("names what is known no finer than what was asked, which is in force already", () => {
    const scene = sceneOf(
      { region: { "440300": 90, "440000": 10 } },
      { filters: { region: "440000" }, labels: { "region:440000": 1 }, lang: "zh" },
    );
    const [coarse, city] = only(scene).rows;
    expect(city?.changes).toEqual({ region: "440300" });
    expect(coarse).toMatchObject({ label: "甲440000（未细分）", changes: null });
    expect(only(scene).title).toBe("各地区案例数：甲440000");
  });

  it("leads from what is not placed to what is not placed", () => {
    const rows = only(sceneOf({ region: { "440000": 90, "": 10 } })).rows;
    expect(rows.at(-1)?.changes).toEqual({ placed: "false" });
  });
});
