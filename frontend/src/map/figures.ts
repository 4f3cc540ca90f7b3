/** The numbers: discs of places, rings of what is known no finer, points of cases, and names. */
import type {
  ExpressionSpecification,
  LayerSpecification,
  SymbolLayerSpecification,
} from "maplibre-gl";
import type { Language } from "./contract.ts";
import { DISC_RADIUS, DISC_REACH, DOT_RADIUS, NUMBER_SIZE } from "./discs.ts";
import type { Look } from "./style.ts";

/** Layers that can be chosen from, what wins first. */
export const FIGURES = ["points", "discs"] as const;

/** Local fonts as in a style sheet: what is not there is passed over. */
const FONTS: Readonly<Record<Language, readonly string[]>> = {
  zh: ["PingFang SC", "Noto Sans CJK SC", "Noto Sans SC", "Microsoft YaHei", "sans-serif"],
  "zh-Hant": [
    "PingFang TC",
    "Noto Sans CJK TC",
    "Noto Sans TC",
    "Microsoft JhengHei",
    "sans-serif",
  ],
  en: ["Noto Sans", "Segoe UI", "Helvetica Neue", "Arial", "Noto Sans CJK SC", "sans-serif"],
};
const COUNT: ExpressionSpecification = ["get", "count"];
/** Wide enough for the digits. */
const RADIUS: ExpressionSpecification = ["step", COUNT, 11, 10, 13, 100, 16, 1000, 20, 10000, 23];
/** Of a case by itself, in pixels. */
const DOT = 6;

export function figureLayers(look: Look): LayerSpecification[] {
  const { palette, choropleth } = look;
  return [
    ...counted(),
    {
      id: "leaders",
      type: "line",
      source: "leaders",
      paint: { "line-color": palette.muted, "line-width": 1, "line-opacity": choropleth ? 0 : 0.7 },
    },
    names(look),
    points(look),
    discs(look),
    {
      id: "highlight",
      type: "circle",
      source: "highlight",
      paint: {
        "circle-radius": 15,
        "circle-opacity": 0,
        "circle-stroke-color": palette.focus,
        "circle-stroke-width": 3,
      },
    },
  ];
}

/** Unseen layers, for which the library fetches the tiles that reading.ts reads. */
function counted(): LayerSpecification[] {
  const unseen = { "circle-opacity": 0, "circle-radius": 1 };
  const rest = { type: "circle", "source-layer": "places", paint: unseen } as const;
  return [
    { id: "of-provinces", source: "province", maxzoom: 5, ...rest },
    { id: "of-prefectures", source: "prefecture", minzoom: 5, maxzoom: 8, ...rest },
  ];
}

function fonts(lang: Language, bold: boolean): string[] {
  const [first = "", ...others] = FONTS[lang];
  // The weight is read from the first name, whether there is such a font or not.
  return bold ? [`${first} Bold`, first, ...others] : [first, ...others];
}

/** Cases at their spots: a dot for one, a number for several. Nothing moves or hides them. */
function points({ palette, lang }: Look): SymbolLayerSpecification {
  const several: ExpressionSpecification = [">", COUNT, 1];
  return {
    id: "points",
    type: "symbol",
    source: "case",
    "source-layer": "points",
    minzoom: 8,
    layout: {
      "icon-image": ["case", several, "disc", "dot"],
      "icon-size": ["case", several, ["/", RADIUS, DISC_RADIUS], DOT / DOT_RADIUS],
      "icon-allow-overlap": true,
      "icon-padding": 0,
      "text-field": ["case", several, shortened(lang), ""],
      "text-font": fonts(lang, true),
      "text-size": NUMBER_SIZE,
      "text-allow-overlap": true,
    },
    paint: {
      "icon-color": palette.accent,
      "icon-halo-color": palette.surface,
      "icon-halo-width": 1.5,
      "text-color": palette.accentInk,
    },
  };
}

/** The same text as discs.ts makes for places. */
function shortened(lang: Language): ExpressionSpecification {
  const tenth = (unit: number) => ["/", ["round", ["/", COUNT, unit / 10]], 10];
  const great =
    lang === "en"
      ? ["concat", ["to-string", tenth(1000)], "k"]
      : ["concat", ["to-string", tenth(10_000)], lang === "zh" ? "万" : "萬"];
  const small = ["number-format", COUNT, { locale: "en" }];
  return ["case", [">=", COUNT, 10_000], great, small] as unknown as ExpressionSpecification;
}

function discs({ palette, lang, choropleth }: Look): SymbolLayerSpecification {
  const { accent, accentInk, surface, ink } = palette;
  const isRing: ExpressionSpecification = ["get", "ring"];
  const size: ExpressionSpecification = ["/", ["get", "radius"], DISC_RADIUS];
  return {
    id: "discs",
    type: "symbol",
    source: "discs",
    layout: {
      "icon-image": "disc",
      "icon-size": size,
      "icon-allow-overlap": true,
      "icon-padding": 0,
      "text-field": ["get", "text"],
      "text-font": fonts(lang, true),
      "text-size": NUMBER_SIZE,
      "text-allow-overlap": true,
    },
    paint: {
      "icon-color": ["case", isRing, surface, accent],
      "icon-halo-color": ["case", isRing, accent, surface],
      "icon-halo-width": ["case", isRing, 2, 1.5],
      // On coloured areas the number alone says it.
      "icon-opacity": choropleth ? ["case", isRing, 1, 0] : 1,
      "text-color": choropleth
        ? ["case", isRing, accent, ink]
        : ["case", isRing, accent, accentInk],
      "text-halo-color": surface,
      "text-halo-width": choropleth ? ["case", isRing, 0, 2] : 0,
    },
  };
}

function names({ palette, lang, choropleth }: Look): SymbolLayerSpecification {
  const faint: ExpressionSpecification = ["get", "faint"];
  const size: ExpressionSpecification = ["case", faint, 12, 13];
  return {
    id: "names",
    type: "symbol",
    source: "names",
    layout: {
      "text-field": ["get", "name"],
      "text-font": fonts(lang, false),
      "text-size": size,
      "text-variable-anchor": ["top", "bottom", "left", "right"],
      "text-radial-offset": ["/", ["+", ["*", ["get", "radius"], DISC_REACH], 3], size],
      "text-justify": "auto",
      "text-max-width": 9,
      "text-padding": 1,
      "symbol-sort-key": ["get", "rank"],
    },
    paint: {
      "text-color": ["case", faint, palette.muted, palette.label],
      "text-halo-color": choropleth ? palette.surface : palette.land,
      "text-halo-width": 1.5,
    },
  };
}
