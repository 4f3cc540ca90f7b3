/** Which row of a chart a point of it belongs to: a whole column or row, not only its bar. */
import type { BarSeriesOption, PieSeriesOption } from "echarts/charts";
import type { ChartOption } from "./options.ts";

/** CSS pixels from the upper left corner of the chart. */
export interface Hits {
  /** Bands of equal size, side by side or one below the other. */
  readonly bands: (Box & { readonly count: number; readonly across: boolean }) | null;
  readonly circle: Circle | null;
}

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

interface Circle {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  /** Clockwise from above. */
  readonly values: readonly number[];
}

/** Read from what the library is told, so that both are the same. */
export function hitsOf(option: ChartOption, width: number, height: number): Hits {
  const grid = option.grid as Record<"left" | "right" | "top" | "bottom", number> | undefined;
  const series = option.series as BarSeriesOption | PieSeriesOption;
  const values = series.data ?? [];
  const bands = grid && {
    left: grid.left,
    top: grid.top,
    width: width - grid.left - grid.right,
    height: height - grid.top - grid.bottom,
    count: values.length,
    across: (option.yAxis as { type?: string }).type === "value",
  };
  if (series.type !== "pie") return { bands: bands ?? null, circle: null };
  const circle = {
    x: width / 2,
    y: (series.center as [string, number])[1],
    radius: series.radius as number,
    values: values.map((slice) => (slice as { value: number }).value),
  };
  // Where there are bands too, they are the names below the circle.
  return { bands: bands ?? null, circle };
}

/** The index of the row at a point; null beside all. */
export function rowAt(hits: Hits, x: number, y: number): number | null {
  return (hits.circle && inCircle(hits.circle, x, y)) ?? inBands(hits, x, y);
}

/** The band of a row, to be marked while the pointer is on it; null for a slice. */
export function bandOf({ bands, circle }: Hits, index: number): Box | null {
  if (!bands || circle) return null;
  const { left, top, width, height, count, across } = bands;
  return across
    ? { left: left + (width / count) * index, top, width: width / count, height }
    : { left, top: top + (height / count) * index, width, height: height / count };
}

function inBands({ bands, circle }: Hits, x: number, y: number): number | null {
  if (bands === null) return null;
  const { left, top, width, height, count, across } = bands;
  const index = Math.floor(across ? ((x - left) / width) * count : ((y - top) / height) * count);
  // Names of rows stand beside their band and answer as well; below the columns nothing does.
  const beside = across ? y < top - 40 || y > top + height + 40 : circle !== null && y < top;
  return beside || index < 0 || index >= count ? null : index;
}

function inCircle({ x: cx, y: cy, radius, values }: Circle, x: number, y: number): number | null {
  const [dx, dy] = [x - cx, y - cy];
  if (Math.hypot(dx, dy) > radius) return null;
  const turn = (Math.atan2(dx, -dy) / (2 * Math.PI) + 1) % 1;
  const total = values.reduce((sum, value) => sum + value, 0);
  let end = 0;
  for (const [index, value] of values.entries()) {
    end += value / total;
    if (turn < end) return index;
  }
  return null;
}
