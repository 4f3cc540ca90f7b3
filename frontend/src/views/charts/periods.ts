/** Months and years of the first chart: where counting changed, and which are cut short. */
import type { ChartWords } from "../../i18n/charts.ts";

/** More months than this are drawn by year. */
export const MOST_MONTHS = 60;

/** A mark between (or, in a year, on) two periods, and the sentence that explains it. */
export interface Break {
  /** Where it stands among the drawn periods; 2.5 is between the third and the fourth. */
  readonly at: number;
  readonly label: string;
  readonly sentence: string;
}

/** The first month under another way of collecting, known for the record of strikes only. */
const METHOD = "2017-01";
/** The last month of the older archive. */
const LAST = "2025-06";

/** The breaks inside `keys`, which are months (2025-11) or years (2025) in order. */
export function breaksIn(keys: readonly string[], map: string, words: ChartWords): Break[] {
  const breaks: Break[] = [];
  const yearly = keys[0]?.length === 4;
  const method = keys.indexOf(yearly ? METHOD.slice(0, 4) : METHOD);
  const { breaks: say } = words;
  if (method > 0 && (map === "strikes" || map === "all")) {
    breaks.push({ at: method - 0.5, label: say.method, sentence: say.methodMonth });
  }
  const last = keys.indexOf(yearly ? LAST.slice(0, 4) : LAST);
  if (last >= 0 && yearly && keys.length > 1) {
    breaks.push({ at: last, label: say.archive, sentence: say.archiveYear });
  } else if (last >= 0 && last < keys.length - 1) {
    breaks.push({ at: last + 0.5, label: say.archive, sentence: say.archiveMonth });
  }
  return breaks;
}

/** Whether `key` (a month or year) is not wholly within since and until, or is not over yet. */
export function isPartial(key: string, since: string, until: string, today: string): boolean {
  const first = `${key}-01-01`.slice(0, 10);
  const last = key.length === 4 ? `${key}-12-31` : `${key}-${daysOf(key)}`;
  const begins = /^\d{4}-/.test(since) && since > first;
  const ends = /^\d{4}-/.test(until) && until < last;
  return begins || ends || (today >= first && today < last);
}

function daysOf(month: string): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  return String(new Date(Date.UTC(year, number, 0)).getUTCDate()).padStart(2, "0");
}
