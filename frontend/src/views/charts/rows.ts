/** The rows of one dimension: numbers with their labels and the filters that leave these cases. */
import type { Option, Stats } from "../../api/types.ts";
import type { ChartWords } from "../../i18n/charts.ts";
import { formatDay, type Lang } from "../../i18n/format.ts";
import type { Changes } from "../../state/actions.ts";
import type { State } from "../../state/store.ts";
import type { Kind } from "./kinds.ts";
import { isPartial } from "./periods.ts";

export interface Row {
  /** Null: blank, not placed, or only the year is known. */
  readonly key: string | null;
  readonly label: string;
  readonly count: number;
  /** Of all cases that match, 0 to 1. */
  readonly share: number;
  /** The filters that leave these cases; null where no filter does. */
  readonly changes: Changes | null;
  /** A month or year of which only a part is counted. */
  readonly partial: boolean;
}

/** The answer that rows are made from, and the words for it. */
export interface Frame {
  readonly stats: Stats;
  readonly map: string;
  readonly today: string;
  readonly lang: Lang;
  readonly words: ChartWords;
  readonly labels: ReadonlyMap<string, string>;
}

/** The days to a reply are counted in these bands. */
const BANDS = ["0-7", "8-15", "16-30", "31-60", "61-90", "91+"];

/** All rows of `dimension`, the blank one last. */
export function rowsOf(kind: Kind, dimension: string, frame: Frame, blank: string): Row[] {
  const { stats, today } = frame;
  const since = onlyValue(stats, "since") ?? "";
  const until = onlyValue(stats, "until") ?? "";
  return tallies(stats, dimension).map(({ key, count }) => ({
    key,
    label: key === null ? blank : labelOf(kind, key, frame),
    count,
    share: count / stats.total,
    changes: key === null ? blankChanges(kind) : changesFor(kind, key, stats),
    partial: kind.name === "month" && key !== null && isPartial(key, since, until, today),
  }));
}

/** The one value of a filter in force; null where it has none or several. */
export function onlyValue(stats: Stats, name: string): string | null {
  const part = stats.filters.parts.find((one) => one.name === name);
  return part?.values.length === 1 ? (part.values[0] ?? null) : null;
}

/** The one code whose children are counted, where there is one. */
export function askedParent(kind: Kind, stats: Stats): string | null {
  return kind.name === "region" || kind.name === "industry" ? onlyValue(stats, kind.name) : null;
}

/** Labels of coded values by `filter:code`, as the options of the filters have them. */
export function labelsOf(state: State, lang: Lang): ReadonlyMap<string, string> {
  const filters = state.options.data?.filters ?? [];
  return new Map(
    filters.flatMap((filter) =>
      (filter.options ?? []).map((option: Option): [string, string] => [
        `${filter.name}:${option.code}`,
        option[lang],
      ]),
    ),
  );
}

function tallies(stats: Stats, dimension: string): Stats["by"][string] {
  const held = stats.by[dimension] ?? [];
  if (dimension !== "reply_days") return held;
  // Bands without a case are left out by the API; in a chart a gap in the scale would mislead.
  const counts = new Map(held.map((row) => [row.key, row.count]));
  const bands = BANDS.map((key) => ({ key, count: counts.get(key) ?? 0 }));
  return [...bands, ...held.filter((row) => row.key === null)];
}

function blankChanges(kind: Kind): Changes | null {
  return kind.name === "region" ? { placed: "false" } : null;
}

function changesFor(kind: Kind, key: string, stats: Stats): Changes | null {
  if (kind.filter === null) return null;
  if (kind.name === "month") {
    return { since: edge(stats, "since", key), until: edge(stats, "until", key) };
  }
  return onlyValue(stats, kind.filter) === key ? null : { [kind.filter]: key };
}

/** A month or year; where the window begins or ends in it, that day, so that the number stays. */
function edge(stats: Stats, end: "since" | "until", key: string): string {
  const day = onlyValue(stats, end) ?? "";
  return day.startsWith(key) ? day : key;
}

function labelOf(kind: Kind, key: string, { stats, lang, words, labels }: Frame): string {
  if (kind.name === "month") return formatDay(key, lang);
  if (kind.name === "reply_days") {
    const [low = "", high] = key.replace("+", "").split("-");
    return high === undefined ? words.lastBand(low) : words.bands(low, high);
  }
  const label = labels.get(`${kind.name}:${key}`) ?? key;
  const divided = (stats.by[kind.name]?.length ?? 0) > 1;
  return divided && askedParent(kind, stats) === key ? words.finer(label) : label;
}
