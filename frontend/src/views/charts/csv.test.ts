import { describe, expect, it } from "vitest";
import { cell, csvOf } from "./csv.ts";
import type { Figure } from "./figures.ts";
import { fileName } from "./names.ts";
import { escaped } from "./picture.ts";

describe("cells", () => {
  it.each(["=1+1", "+1", "-1", "@A1", "\t=1", "\r=1", " =1", "＝1", "'=1"])(
    "%j does not run",
    (text) => {
      expect(cell(text).replace(/^"/, "").startsWith("'")).toBe(true);
    },
  );

  it.each([
    ["plain", "plain"],
    ["a,b", '"a,b"'],
    ['say "it"', '"say ""it"""'],
    ["two\nlines", '"two\nlines"'],
  ])("%j is written %j", (text, written) => {
    expect(cell(text)).toBe(written);
  });
});

it("writes every row with the blank one, marked for spreadsheets", () => {
  const row = { changes: null, partial: false };
  const figure = {
    head: "Industry",
    rows: [
      { ...row, key: "mining", label: "Mining, energy", count: 2, share: 2 / 3 },
      { ...row, key: null, label: "Industry not stated", count: 1, share: 1 / 3 },
    ],
  } as unknown as Figure;
  expect(csvOf(figure, "en")).toBe(
    "\ufeffcode,Industry,cases,share\r\n" +
      'mining,"Mining, energy",2,0.6667\r\n' +
      ",Industry not stated,1,0.3333\r\n",
  );
});

describe("names of files", () => {
  const given = { demo: false, today: "2026-11-21" };
  const named = (parts: [string, string][], more = given) => {
    const filters = { parts: parts.map(([name, value]) => ({ name, values: [value] })) };
    return fileName("month", filters as Parameters<typeof fileName>[1], more, "csv");
  };

  it("carry chart, filters and day", () => {
    expect(
      named([
        ["map", "strikes"],
        ["since", "2026-05-21"],
        ["q", "讨薪 ../x"],
      ]),
    ).toBe("qiuzhu-month-strikes-2026-05-21-q-讨薪_.._x-2026-11-21.csv");
  });

  it("mark demonstration data, and end somewhere", () => {
    const name = named([["q", "长".repeat(300)]], { ...given, demo: true });
    expect(name.startsWith("qiuzhu-demo-month-q-长长")).toBe(true);
    expect(name.endsWith("_etc-2026-11-21.csv")).toBe(true);
    expect(name.length).toBeLessThan(170);
  });
});

it("text in a picture is text", () => {
  expect(escaped('<script>&"\u0000\ud800')).toBe("&#60;script&#62;&#38;&#34;");
});
