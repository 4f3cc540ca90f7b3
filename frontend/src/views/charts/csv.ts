/** A figure's numbers as comma-separated values that a spreadsheet opens and does not run. */
import { type ChartWords, chartWordsOf } from "../../i18n/charts.ts";
import type { Lang } from "../../i18n/format.ts";
import type { Figure } from "./figures.ts";

/** Without it Excel takes the file for the code page of its country. */
const BOM = "\ufeff";
/** What a spreadsheet may take for a formula; the same rule as in the API's exports. */
const FORMULA = /^'*[\s\u200b-\u200f\u2060\ufeff]*?[=+\-@＝＋－＠\t\r\n]/;

export function csvOf(figure: Figure, lang: Lang): string {
  const words: ChartWords = chartWordsOf(lang);
  const header = [words.csv.code, figure.head, words.csv.count, words.csv.share];
  const rows = figure.rows.map((row) => [
    row.key ?? "",
    row.label,
    String(row.count),
    row.share.toFixed(4),
  ]);
  return BOM + [header, ...rows].map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

/** One cell: an apostrophe before what would be run, quotation marks where they are needed. */
export function cell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
