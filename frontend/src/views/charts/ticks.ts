/** Which periods are named under the columns, so that names never touch. */
import { type Lang, shortMonth } from "../../i18n/format.ts";

export interface Tick {
  readonly at: number;
  readonly text: string;
}

/** CSS pixels that a name and the gap after it need. */
const MONTH_ROOM = 44;
const YEAR_ROOM = 40;
const MONTH_STEPS = [1, 2, 3, 6];
const YEAR_STEPS = [1, 2, 4, 5, 10, 20, 50];

/** Names for `keys`, which are months, years or bands; `slot` is the width of one column. */
export function ticksOf(keys: readonly string[], slot: number, lang: Lang): Tick[] {
  if (/^\d{4}-\d\d$/.test(keys[0] ?? "")) return monthTicks(keys, slot, lang);
  if (/^\d{4}$/.test(keys[0] ?? "")) return everyYear(keys, slot);
  return keys.map((key, at) => ({ at, text: key.replace("-", "–") }));
}

function monthTicks(keys: readonly string[], slot: number, lang: Lang): Tick[] {
  const step = MONTH_STEPS.find((months) => months * slot >= MONTH_ROOM);
  if (step === undefined) return januaries(keys, slot, lang);
  const ticks: Tick[] = [];
  for (const [at, key] of keys.entries()) {
    const [year = "", month = 1] = [key.slice(0, 4), Number(key.slice(5))];
    if (keys.length > 1 && (month - 1) % step !== 0) continue;
    const short = shortMonth(month, lang);
    const named = month === 1 || ticks.length === 0;
    ticks.push({ at, text: named ? `${short}\n${yearName(year, lang)}` : short });
  }
  return ticks;
}

function januaries(keys: readonly string[], slot: number, lang: Lang): Tick[] {
  const step = YEAR_STEPS.find((years) => years * 12 * slot >= YEAR_ROOM + 8) ?? 50;
  return [...keys.entries()]
    .filter(([, key]) => key.endsWith("-01") && Number(key.slice(0, 4)) % step === 0)
    .map(([at, key]) => ({ at, text: yearName(key.slice(0, 4), lang) }));
}

function everyYear(keys: readonly string[], slot: number): Tick[] {
  const step = YEAR_STEPS.find((years) => years * slot >= YEAR_ROOM) ?? 50;
  return [...keys.entries()]
    .filter(([, key]) => step === 1 || Number(key) % step === 0)
    .map(([at, key]) => ({ at, text: key }));
}

function yearName(year: string, lang: Lang): string {
  return lang === "zh" ? `${year}年` : year;
}
