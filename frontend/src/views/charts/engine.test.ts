import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { svgOf } from "./engine.ts";
import type { Figure } from "./figures.ts";
import { bandOf, hitsOf, rowAt } from "./hits.ts";
import { linesOf } from "./measuring.ts";
import { type Form, type Frame, heightOf, optionOf } from "./options.ts";
import { mixed, PRINTED } from "./theme.ts";

const theme = { ...PRINTED, font: "'Noto Sans', sans-serif" };
const rows = (...labels: string[]) =>
  labels.map((label, index) => ({
    key: label,
    label,
    count: 10 * (labels.length - index),
    share: (labels.length - index) / 10,
    changes: null,
    partial: false,
  }));

function figureOf(changes: Partial<Figure>): Figure {
  const drawn = changes.drawn ?? rows("Mining", "Retail", "Education");
  const base = {
    name: "industry",
    form: "bars",
    shares: true,
    total: 100,
    breaks: [],
    rows: drawn,
  };
  return { ...base, drawn, ...changes } as unknown as Figure;
}

function drawn(figure: Figure, form: Form, width: number) {
  const frame: Frame = { width, lang: "en", theme };
  const option = optionOf(figure, form, frame);
  const height = heightOf(figure, form, frame);
  return { svg: svgOf(option, width, height), hits: hitsOf(option, width, height), height };
}

describe("drawings", () => {
  it.each([
    ["bars", 343],
    ["bars", 928],
    ["pie", 343],
    ["pie", 928],
  ] as const)("%s %d px wide carry every name and number", (form, width) => {
    const { svg } = drawn(figureOf({}), form, width);
    expect(svg.startsWith("<svg")).toBe(true);
    for (const text of ["Mining", "Retail", "Education", "30%"]) expect(svg).toContain(text);
  });

  it("show hostile names as text", () => {
    const figure = figureOf({ drawn: rows('<script>x</script>"', "<img onerror=x>", "&amp;") });
    for (const form of ["bars", "pie"] as const) {
      const { svg } = drawn(figure, form, 928);
      expect(svg).not.toMatch(/<script|<img|<foreignObject/);
      expect(svg).toContain("&lt;script&gt;");
    }
  });

  it("carry the marks and their names", () => {
    const periods = rows("2015", "2016", "2017", "2018");
    const breaks = [{ at: 1.5, label: "method changed", sentence: "" }];
    const { svg } = drawn(
      figureOf({ name: "year", form: "columns", drawn: periods, breaks }),
      "columns",
      928,
    );
    expect(svg).toContain("method changed");
    expect(svg).toContain("stroke-dasharray");
  });

  it("number their slices where names have no room", () => {
    const { svg } = drawn(
      figureOf({ drawn: rows("Hong Kong, Macau or Taiwan-owned enterprise", "B") }),
      "pie",
      343,
    );
    expect(svg).toContain("1: Hong Kong, Macau or Taiwan-owned enterprise");
  });
});

describe("what a point belongs to", () => {
  it("is a whole column, a whole row, its name included", () => {
    const columns = drawn(
      figureOf({ form: "columns", name: "month", drawn: rows("2025-01", "2025-02") }),
      "columns",
      928,
    );
    expect([60, 400, 600, 910].map((x) => rowAt(columns.hits, x, 100))).toEqual([0, 0, 1, 1]);
    const bars = drawn(figureOf({}), "bars", 343);
    expect(rowAt(bars.hits, 340, bars.height / 2)).toBe(1);
    expect(bandOf(bars.hits, 2)?.top).toBeGreaterThan(bars.height / 2);
  });

  it("is a slice, clockwise from above, and nothing outside", () => {
    const { hits } = drawn(figureOf({ drawn: rows("a", "b") }), "pie", 928);
    expect(rowAt(hits, 464 + 50, 190)).toBe(0);
    expect(rowAt(hits, 464 - 50, 150)).toBe(1);
    expect(rowAt(hits, 10, 10)).toBeNull();
  });
});

describe("colours", () => {
  it("of pictures are the light tokens", () => {
    const css = readFileSync(`${import.meta.dirname}/../../styles/tokens.css`, "utf8");
    const light = css.slice(0, css.indexOf("@media"));
    const tokens = { paper: "paper", ink: "ink", ink2: "ink-2", line: "line", accent: "accent" };
    for (const [name, token] of Object.entries(tokens)) {
      expect(light).toContain(`--${token}: ${PRINTED[name as keyof typeof PRINTED]};`);
    }
  });

  it("are mixed, also in a minifier's spelling", () => {
    expect(mixed("#000000", "#fff", 0.5)).toBe("#808080");
    expect(mixed("CanvasText", "#fff", 0.5)).toBe("CanvasText");
  });
});

describe("lines", () => {
  const measure = (text: string) => [...text].length;

  it("break between English words and Chinese characters, never before a full stop", () => {
    expect(linesOf("one two three", 8, measure)).toEqual(["one two", "three"]);
    expect(linesOf("数字上升，可能。", 4, measure)).toEqual(["数字上", "升，可", "能。"]);
  });

  it("cut a word that fits no line, and lose nothing", () => {
    const text = "https://example.org/graphs?region=440000 后面";
    const lines = linesOf(text, 10, measure);
    expect(lines.every((line) => measure(line) <= 10)).toBe(true);
    expect(lines.join("").replaceAll(" ", "")).toBe(text.replaceAll(" ", ""));
  });
});
