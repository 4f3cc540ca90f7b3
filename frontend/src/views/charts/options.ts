/** A figure as the chart library is told to draw it; what colours and how wide is given. */
import type { BarSeriesOption, PieSeriesOption } from "echarts/charts";
import type { GridComponentOption, MarkLineComponentOption } from "echarts/components";
import type { ComposeOption } from "echarts/core";
import { formatShare } from "../../i18n/charts.ts";
import { formatNumber, type Lang } from "../../i18n/format.ts";
import { columns } from "./columns.ts";
import type { Figure } from "./figures.ts";
import { estimated } from "./measuring.ts";
import { pie, pieHeight } from "./pie.ts";
import type { Theme } from "./theme.ts";

export type ChartOption = ComposeOption<
  BarSeriesOption | PieSeriesOption | GridComponentOption | MarkLineComponentOption
>;
export type Form = "columns" | "bars" | "pie";

export interface Size {
  /** CSS pixels. */
  readonly width: number;
  readonly lang: Lang;
}

export interface Frame extends Size {
  readonly theme: Theme;
}

/** Size of all text in charts, in CSS pixels. */
export const SIZE = 12;
/** Below this width, in CSS pixels, names stand above their bars instead of beside them. */
export const NARROW = 560;
const ROW = { narrow: 44, wide: 28 };
/** Height of a bar, and of the line of text above it where there is one. */
const BAR = 15;
const LINE = 16;

/** CSS pixels that the chart needs, known before it is drawn so that nothing moves. */
export function heightOf(figure: Figure, form: Form, size: Size): number {
  const { width } = size;
  if (form === "columns") return width < NARROW ? 250 : 290;
  if (form === "pie") return pieHeight(figure, size);
  return figure.drawn.length * (width < NARROW ? ROW.narrow : ROW.wide) + 8;
}

export function optionOf(figure: Figure, form: Form, frame: Frame): ChartOption {
  const drawn = { columns, bars, pie }[form](figure, frame);
  const text = { color: frame.theme.ink, fontFamily: frame.theme.font, fontSize: SIZE };
  return { animation: false, textStyle: text, backgroundColor: "transparent", ...drawn };
}

function bars(figure: Figure, { width, lang, theme }: Frame): ChartOption {
  const rows = figure.drawn;
  const measure = (text: string) => estimated(text, SIZE);
  const numbers = rows.map((row) => `${formatNumber(row.count, lang)}  ${formatShare(row.share)}`);
  const above = width < NARROW;
  const beside = Math.max(...rows.map((row) => measure(row.label))) + 12;
  return {
    grid: {
      left: above ? 1 : Math.min(beside, width * 0.4),
      right: Math.max(...numbers.map(measure)) + 10,
      top: above ? LINE - 4 : 4,
      bottom: above ? -4 : 4,
      outerBoundsMode: "none",
    },
    xAxis: { type: "value", min: 0, show: false },
    yAxis: {
      type: "category",
      inverse: true,
      data: rows.map((row) => row.label),
      axisTick: { show: false },
      axisLine: { show: !above, lineStyle: { color: theme.ink } },
      axisLabel: {
        interval: 0,
        color: theme.ink,
        lineHeight: LINE,
        ...(above
          ? {
              inside: true,
              margin: 0,
              align: "left",
              verticalAlign: "bottom",
              padding: [0, 0, BAR / 2 + 3, 0],
              width: width - 4,
              overflow: "truncate",
            }
          : { width: width * 0.4 - 12, overflow: "truncate" }),
      },
      // Above the bars, which otherwise would cover the names.
      z: 3,
    },
    series: {
      type: "bar",
      barWidth: BAR,
      barMinHeight: 1,
      itemStyle: { color: theme.accent },
      label: {
        show: true,
        position: "right",
        color: theme.ink,
        formatter: ({ dataIndex }) => numbers[dataIndex] ?? "",
      },
      data: rows.map((row) => row.count),
    },
  };
}
