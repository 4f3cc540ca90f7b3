/** Shares of a whole: slices are named at their lines, so that colour is not needed to tell them. */
import { chartWordsOf, formatShare } from "../../i18n/charts.ts";
import type { Figure } from "./figures.ts";
import { estimated } from "./measuring.ts";
import { type ChartOption, type Frame, NARROW, SIZE, type Size } from "./options.ts";
import { type Slice, slicesOf } from "./slices.ts";
import { mixed, type Theme } from "./theme.ts";

/** CSS pixels: the height of the circle with its lines, its radius, and of one name below it. */
const CIRCLE = {
  narrow: { height: 270, radius: 84 },
  wide: { height: 380, radius: 130 },
};
const NAME = 22;
/** What a line to a name takes on its side of the circle. */
const LINE = 40;

export function pieHeight(figure: Figure, size: Size): number {
  const slices = slicesOf(figure, chartWordsOf(size.lang), size.lang);
  const { height } = size.width < NARROW ? CIRCLE.narrow : CIRCLE.wide;
  return fits(slices, size.width) ? height : height + slices.length * NAME;
}

/** Whether there is room beside the circle for every name; else slices are numbered. */
function fits(slices: readonly Slice[], width: number): boolean {
  if (width >= NARROW) return true;
  const room = width / 2 - CIRCLE.narrow.radius - LINE;
  return slices.every((slice) => estimated(slice.label, SIZE) <= room);
}

export function pie(figure: Figure, { width, lang, theme }: Frame): ChartOption {
  const slices = slicesOf(figure, chartWordsOf(lang), lang);
  const named = fits(slices, width);
  const { height, radius } = width < NARROW ? CIRCLE.narrow : CIRCLE.wide;
  const shares = slices.map((slice) => formatShare(slice.share));
  const text = slices.map(({ label }, index) =>
    named ? `${label}\n${shares[index]}` : `${index + 1}: ${shares[index]}`,
  );
  return {
    ...(named ? {} : names(slices, height, theme)),
    series: {
      type: "pie",
      radius,
      center: ["50%", height / 2],
      itemStyle: { borderColor: theme.paper, borderWidth: 2 },
      label: {
        alignTo: "labelLine",
        width: 220,
        overflow: "break",
        color: theme.ink,
        lineHeight: 16,
        formatter: ({ dataIndex }) => text[dataIndex] ?? "",
      },
      labelLine: { length: 12, length2: 8, lineStyle: { color: theme.ink2 } },
      data: slices.map((slice, index) => ({
        name: slice.label,
        value: slice.count,
        itemStyle: {
          color: slice.plain
            ? mixed(theme.ink2, theme.paper, 0.35)
            : mixed(theme.accent, theme.paper, Math.max(1 - index * 0.11, 0.25)),
        },
      })),
    },
  };
}

/** The names of numbered slices, one below the other: the labels of an axis without bars. */
function names(slices: readonly Slice[], top: number, theme: Theme): ChartOption {
  return {
    grid: { left: 0, right: 0, top, bottom: 0, outerBoundsMode: "none" },
    xAxis: { type: "value", min: 0, max: 1, show: false },
    yAxis: {
      type: "category",
      inverse: true,
      data: slices.map((slice, index) => `${index + 1}: ${slice.label}`),
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: { interval: 0, inside: true, margin: 0, color: theme.ink },
    },
  };
}
