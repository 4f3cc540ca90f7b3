/** A whole in at most eight named parts and the rest, so that each can be told apart by its label. */
import type { ChartWords } from "../../i18n/charts.ts";
import { formatNumber, type Lang } from "../../i18n/format.ts";
import type { Changes } from "../../state/actions.ts";
import type { Figure } from "./figures.ts";

export interface Slice {
  readonly label: string;
  readonly count: number;
  readonly share: number;
  readonly changes: Changes | null;
  /** Not a value of its own: the rest, or what is not stated. */
  readonly plain: boolean;
}

const MOST_NAMED = 8;
/** A slice below this share of the circle is a line; such ones go into the rest. */
const LEAST = 0.015;

export function slicesOf(figure: Figure, words: ChartWords, lang: Lang): Slice[] {
  const keyed = figure.rows.filter((row) => row.key !== null && row.count > 0);
  const blank = figure.rows.filter((row) => row.key === null && row.count > 0);
  const large = keyed.slice(0, MOST_NAMED).filter((row) => row.share >= LEAST);
  // A rest of one is that one.
  const named = keyed.length - large.length > 1 ? large : keyed;
  const others = keyed.slice(named.length);
  const slices: Slice[] = named.map((row) => ({ ...row, plain: false }));
  if (others.length > 0) {
    const count = others.reduce((sum, row) => sum + row.count, 0);
    const label = words.rest(formatNumber(others.length, lang));
    slices.push({ label, count, share: count / figure.total, changes: null, plain: true });
  }
  return [...slices, ...blank.map((row) => ({ ...row, plain: true }))];
}
