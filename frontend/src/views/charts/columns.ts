/** Columns in an order of their own: months, years, bands of days; with marks where counting changed. */
import { formatNumber } from "../../i18n/format.ts";
import type { Figure } from "./figures.ts";
import { estimated } from "./measuring.ts";
import { type ChartOption, type Frame, SIZE } from "./options.ts";
import { mixed } from "./theme.ts";
import { ticksOf } from "./ticks.ts";

/** Narrower columns carry no number; the table and the line under the chart have it. */
const NUMBERED = 36;
const WIDEST = 72;
/** Height of a line of text, in CSS pixels. */
const LINE = 16;
const STEP = 18;

export function columns(figure: Figure, { width, lang, theme }: Frame): ChartOption {
  const rows = figure.drawn;
  const measure = (text: string) => estimated(text, SIZE);
  const most = Math.max(...rows.map((row) => row.count));
  const left = Math.ceil(measure(formatNumber(most, lang))) + 20;
  const slot = (width - left - 8) / Math.max(rows.length, 1);
  const keys = rows.map((row) => row.key ?? "");
  const ticks = ticksOf(keys, slot, lang);
  const names = new Map(ticks.map((tick) => [tick.at, tick.text]));
  const at = ticks.map((tick) => tick.at);
  const marks = marksOf(figure, measure, slot);
  const numbered = slot >= NUMBERED;
  // Numbers stand above the columns, names of marks above the numbers.
  const lifted = numbered ? LINE + 2 : 4;
  const top = Math.max(LINE, ...marks.map((mark) => lifted + STEP * mark.level + LINE));
  return {
    grid: {
      left,
      right: 8,
      top,
      bottom: ticks.some((tick) => tick.text.includes("\n")) ? 3 * LINE - 4 : 2 * LINE - 4,
      outerBoundsMode: "none",
    },
    // A scale of numbers, not of names: marks stand between two columns.
    xAxis: {
      type: "value",
      min: -0.5,
      max: rows.length - 0.5,
      splitLine: { show: false },
      axisLine: { show: true, onZero: false, lineStyle: { color: theme.ink } },
      axisTick: { show: true, customValues: at, lineStyle: { color: theme.ink } },
      axisLabel: {
        customValues: at,
        formatter: (value: number) => names.get(value) ?? "",
        color: theme.ink2,
        lineHeight: LINE,
      },
    },
    yAxis: {
      type: "value",
      min: 0,
      minInterval: 1,
      splitNumber: 4,
      axisLabel: { color: theme.ink2, formatter: (value: number) => formatNumber(value, lang) },
      splitLine: { lineStyle: { color: theme.line } },
    },
    series: {
      type: "bar",
      barWidth: Math.max(1, Math.min(slot * 0.78, WIDEST)),
      label: {
        show: numbered,
        position: "top",
        color: theme.ink,
        formatter: ({ dataIndex }) => formatNumber(rows[dataIndex]?.count ?? 0, lang),
      },
      data: rows.map((row, index) => ({
        value: [index, row.count],
        itemStyle: { color: row.partial ? mixed(theme.accent, theme.paper, 0.5) : theme.accent },
        // Beside a mark that runs through the column.
        ...(figure.breaks.some((mark) => mark.at === index)
          ? { label: { offset: [-measure(formatNumber(row.count, lang)) / 2 - 4, 0] } }
          : {}),
      })),
      markLine: {
        silent: true,
        symbol: "none",
        lineStyle: { color: theme.ink, type: "dashed", width: 1 },
        data: marks.map(({ at, label, align, level }) => ({
          xAxis: at,
          label: {
            formatter: label,
            position: "end",
            distance: lifted + STEP * level,
            color: theme.ink,
            fontSize: SIZE,
            align,
          },
        })),
      },
    },
  };
}

interface Mark {
  readonly at: number;
  readonly label: string;
  readonly align: "left" | "right";
  /** Lines of text above the lowest, so that no two touch. */
  readonly level: number;
}

/** Each name begins or ends at its mark, inwards, and goes higher where another is in its way. */
function marksOf(figure: Figure, measure: (text: string) => number, slot: number): Mark[] {
  let end = Number.NEGATIVE_INFINITY;
  let level = -1;
  return figure.breaks.map(({ at, label }) => {
    const align = at < figure.drawn.length / 2 ? "left" : "right";
    const begin = at * slot - (align === "right" ? measure(label) : 0);
    level = begin < end + 8 ? level + 1 : 0;
    end = Math.max(end, begin + measure(label));
    return { at, label, align, level };
  });
}
