/** What each chart shows, as numbers and words, made from the statistics; nothing is drawn here. */
import { chartWordsOf, formatShare } from "../../i18n/charts.ts";
import { formatNumber, tidy } from "../../i18n/format.ts";
import type { Scene } from "../scene.ts";
import { type Kind, type KindName, kindsOf } from "./kinds.ts";
import { type Break, breaksIn, MOST_MONTHS } from "./periods.ts";
import { askedParent, type Frame, labelsOf, onlyValue, type Row, rowsOf } from "./rows.ts";

/** No more bars than this; the table has all. */
export const MOST_BARS = 15;

export interface Figure {
  /** What it counts by; a long range of months is counted by year. */
  readonly name: KindName | "year";
  /** Upright columns in an order of their own, or lying bars in order of size. */
  readonly form: "columns" | "bars";
  /** May also be drawn as shares of a whole. */
  readonly shares: boolean;
  readonly title: string;
  /** Over the first column of the table. */
  readonly head: string;
  /** Every row, the blank one last. */
  readonly rows: readonly Row[];
  /** Rows with a key, as many as are drawn. */
  readonly drawn: readonly Row[];
  /** What is counted, n, and what is missing. */
  readonly counted: string;
  /** What has to be known to read it. */
  readonly notes: readonly string[];
  readonly breaks: readonly Break[];
  readonly total: number;
  /** The filters in force as a sentence. */
  readonly scope: string;
}

let last: { readonly given: readonly unknown[]; readonly figures: readonly Figure[] } | null = null;

/** The figures of the statistics at hand; the same objects for as long as these are the same. */
export function figuresOf({ state, lang }: Scene): readonly Figure[] {
  const stats = state.stats.data;
  if (stats === null) return [];
  const given = [stats, state.options.data, lang];
  if (last?.given.every((part, index) => part === given[index])) return last.figures;
  const frame: Frame = {
    stats,
    map: onlyValue(stats, "map") ?? "calls",
    today: state.config.today,
    lang,
    words: chartWordsOf(lang),
    labels: labelsOf(state, lang),
  };
  const kinds = stats.total === 0 ? [] : kindsOf(frame.map);
  const figures = kinds.filter((kind) => stats.by[kind.name]).map((kind) => figureOf(kind, frame));
  last = { given, figures };
  return figures;
}

function figureOf(kind: Kind, frame: Frame): Figure {
  const { stats, map, lang, words, labels } = frame;
  const months = stats.by.month?.filter((row) => row.key !== null).length ?? 0;
  const yearly = kind.name === "month" && months > MOST_MONTHS && stats.by.year !== undefined;
  const dimension: Figure["name"] = yearly ? "year" : kind.name;
  const say = words.charts[dimension];
  const rows = rowsOf(kind, dimension, frame, say.missing);
  const keyed = rows.filter((row) => row.key !== null);
  const ordered = kind.name === "month" || kind.name === "reply_days";
  const drawn = ordered ? keyed : keyed.slice(0, MOST_BARS);
  const keys = keyed.map((row) => row.key ?? "");
  const breaks = kind.name === "month" ? breaksIn(keys, map, words) : [];
  const parent = askedParent(kind, stats);
  const parentLabel = parent && labels.get(`${kind.name}:${parent}`);
  return {
    name: dimension,
    form: ordered ? "columns" : "bars",
    shares: kind.shares,
    title: parentLabel ? words.within(say.title, parentLabel) : say.title,
    head: say.head,
    rows,
    drawn,
    counted: counted(kind, rows, say, frame),
    notes: [
      ...topNote(drawn.length, keyed.length, frame),
      ...breaks.map((one) => one.sentence),
      ...partialNote(drawn, frame),
    ],
    breaks,
    total: stats.total,
    scope: tidy(stats.filters.sentence[lang] ?? ""),
  };
}

function counted(
  kind: Kind,
  rows: readonly Row[],
  say: { readonly counted: string; readonly missing: string },
  { stats, lang, words }: Frame,
): string {
  const blank = rows.find((row) => row.key === null)?.count ?? 0;
  const number = (value: number) => formatNumber(value, lang);
  const sentences = [
    say.counted,
    words.of(number(stats.total - blank), number(stats.total)),
    words.missing(say.missing, number(blank), formatShare(blank / stats.total)),
    ...(kind.many ? [words.several] : []),
  ];
  return sentences.join(lang === "zh" ? "" : " ");
}

function topNote(drawn: number, all: number, { lang, words }: Frame): string[] {
  return drawn < all ? [words.top(formatNumber(drawn, lang), formatNumber(all, lang))] : [];
}

function partialNote(drawn: readonly Row[], { lang, words }: Frame): string[] {
  const labels = drawn.filter((row) => row.partial).map((row) => row.label);
  return labels.length === 0 ? [] : [words.partial(labels.join(lang === "zh" ? "、" : ", "))];
}
