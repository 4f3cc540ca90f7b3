/** Dates, numbers and free texts as a reader of one language expects them. */
import type { CaseDay, Coded, CodedPath, Text } from "../api/types.ts";

export type Lang = "zh" | "en";

const LOCALES: Record<Lang, string> = { zh: "zh-CN", en: "en-GB" };
const MONTH: Intl.DateTimeFormatOptions = { year: "numeric", month: "long" };
const DAY: Intl.DateTimeFormatOptions = { ...MONTH, day: "numeric" };
const MONEY = { style: "currency", currency: "CNY", maximumFractionDigits: 0 } as const;

/** Made once, when first used: making one takes longer than using it a hundred times. */
function lazily<T>(make: (locale: string) => T): (lang: Lang) => T {
  const made: Partial<Record<Lang, T>> = {};
  return (lang) => {
    made[lang] ??= make(LOCALES[lang]);
    return made[lang];
  };
}
const numbers = lazily((locale) => new Intl.NumberFormat(locale));
const amounts = lazily((locale) => new Intl.NumberFormat(locale, MONEY));
const months = lazily((locale) => new Intl.DateTimeFormat(locale, MONTH));
const days = lazily((locale) => new Intl.DateTimeFormat(locale, DAY));

export function formatNumber(value: number, lang: Lang): string {
  return numbers(lang).format(value);
}

/** CNY; whole yuan, because nobody states fen. */
export function formatMoney(value: number, lang: Lang): string {
  return amounts(lang).format(value);
}

/** `2025`, `2025-11` or `2025-11-07` in words. */
export function formatDay(day: string, lang: Lang): string {
  if (day.length === 4) return lang === "zh" ? `${day}年` : day;
  // Noon, so that no time zone of a reader moves the day.
  const moment = new Date(`${day.length === 7 ? `${day}-01` : day}T12:00:00`);
  return (day.length === 7 ? months : days)(lang).format(moment);
}

/** A case's date cut to its precision, as it stands in `<time datetime>`. */
export function cutDay(date: CaseDay): string {
  return date.value.slice(0, { year: 4, month: 7, day: 10 }[date.precision]);
}

export function label(coded: Coded, lang: Lang): string {
  return coded[lang];
}

/** The labels from the top level down, without the country. */
export function pathLabel(path: CodedPath, lang: Lang): string {
  const steps = path.path.map((step) => step[lang]);
  return lang === "zh" ? steps.join(" ") : steps.reverse().join(", ");
}

export interface Written {
  readonly text: string;
  /** The language it is written in. */
  readonly lang: Lang;
}

/** The text in `lang`, or in the other language where that is missing. */
export function either(text: Text, lang: Lang): Written | null {
  const other: Lang = lang === "zh" ? "en" : "zh";
  if (text[lang]) return { text: tidy(text[lang]), lang };
  return text[other] ? { text: tidy(text[other]), lang: other } : null;
}

/** Characters that turn the direction of what follows, or that cannot be seen, are taken out. */
export function tidy(text: string): string {
  return text.replace(/[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu, "");
}

/** The value of a `lang` attribute. */
export function langTag(lang: Lang): string {
  return lang === "zh" ? "zh-Hans" : "en";
}
