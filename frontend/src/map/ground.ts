/** What numbers stand on: sea, land, areas that can be coloured, lines between them. */
import type { ExpressionSpecification, FilterSpecification, LayerSpecification } from "maplibre-gl";
import type { Look } from "./style.ts";

/** Layers of areas that can be chosen, the finest first. */
export const AREAS = ["county", "prefecture", "province", "province-ground"] as const;

export function groundLayers(look: Look): LayerSpecification[] {
  const { palette, boundaries } = look;
  const { sea, land, line } = palette;
  const own = boundaries.includes("province");
  return [
    { id: "sea", type: "background", paint: { "background-color": sea } },
    {
      id: "land",
      type: "fill",
      source: "base",
      filter: kind("land"),
      paint: { "fill-color": land },
    },
    {
      id: "seam",
      type: "line",
      source: "base",
      filter: kind("seam"),
      // The two sources of the ground do not quite meet: sea would show between them.
      paint: {
        "line-color": land,
        "line-width": ["interpolate", ["exponential", 2], ["zoom"], 3, 2, 6, 6, 9, 40, 12, 200],
      },
    },
    baseLine("borders", "border", line, 0.7),
    ...provinces(look),
    ...finer(look),
    ...(own ? [] : [baseLine("outer", "outer", line, 1), baseLine("inner", "inner", line, 1)]),
    ...(own ? [tileLine("inner", "provinces", line, 1.2, 0)] : []),
    { ...baseLine("claim", "claim", line, 1), paint: dashed(line, 1) },
    { id: "box", type: "line", source: "box", paint: dashed(palette.focus, 2) },
  ];
}

function provinces(look: Look): LayerSpecification[] {
  const { palette, boundaries, choropleth } = look;
  const { land } = palette;
  const coloured = choropleth ? ramp(look) : land;
  const paint = {
    // Where prefectures are coloured, a province's colour must not show between them.
    "fill-color": boundaries.includes("prefecture")
      ? (["step", ["zoom"], coloured, 5, land] as ExpressionSpecification)
      : coloured,
  };
  if (!boundaries.includes("province")) {
    return [{ id: "province", type: "fill", source: "provinces", paint }];
  }
  return [
    // Until the tiles have come, and where their finer coast makes no difference.
    {
      id: "province-ground",
      type: "fill",
      source: "provinces",
      maxzoom: 6,
      paint: { "fill-color": land },
    },
    { id: "province", type: "fill", source: "boundaries", "source-layer": "provinces", paint },
  ];
}

function finer({ palette, boundaries, choropleth, ...rest }: Look): LayerSpecification[] {
  const { land, line } = palette;
  const made: LayerSpecification[] = [];
  if (boundaries.includes("prefecture")) {
    const colour = choropleth ? ramp({ palette, boundaries, choropleth, ...rest }) : land;
    made.push(tileFill("prefecture", "prefectures", 5, { "fill-color": colour }));
    made.push(tileLine("prefecture-line", "prefectures", line, 0.7, 5));
  }
  if (boundaries.includes("county")) {
    // Only to be chosen: nothing is counted by county areas.
    const unseen = { "fill-color": land, "fill-opacity": 0 };
    made.push(tileFill("county", "counties", 8, unseen));
    made.push(tileLine("county-line", "counties", line, 0.4, 8));
  }
  return made;
}

/** Opaque, so that what lies below does not show through; areas without cases stay plain. */
function ramp({ palette }: Look): ExpressionSpecification {
  const classes = palette.ramp.flatMap((colour, index) => [index, colour]);
  const state = ["coalesce", ["feature-state", "class"], -1];
  return ["match", state, ...classes, palette.land] as unknown as ExpressionSpecification;
}

function kind(name: string): FilterSpecification {
  return ["==", ["get", "kind"], name];
}

function dashed(colour: string, width: number) {
  return { "line-color": colour, "line-width": width, "line-dasharray": [3, 2] };
}

function baseLine(id: string, name: string, colour: string, width: number) {
  const paint = { "line-color": colour, "line-width": width };
  return { id, type: "line", source: "base", filter: kind(name), paint } as const;
}

function tileLine(id: string, layer: string, colour: string, width: number, minzoom: number) {
  const paint = { "line-color": colour, "line-width": width };
  return {
    id,
    type: "line",
    source: "boundaries",
    "source-layer": layer,
    minzoom,
    paint,
  } as const;
}

function tileFill(
  id: string,
  layer: string,
  minzoom: number,
  paint: { "fill-color": ExpressionSpecification | string; "fill-opacity"?: number },
): LayerSpecification {
  return { id, type: "fill", source: "boundaries", "source-layer": layer, minzoom, paint };
}
