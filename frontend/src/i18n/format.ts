/** Dates, numbers and free texts as a reader of one language expects them. */
import type { CaseDay, Coded, CodedPath, Text } from "../api/types.ts";

export type Lang = "zh" | "en";

const MONTHS =
  "January February March April May June July August September October November December".split(
    " ",
  );

// Written as Intl writes zh-CN and en-GB, which the tests compare: the first use of Intl alone
// keeps a slow phone busy for longer than all else that the first view needs.

export function formatNumber(value: number, lang: Lang): string {
  if (!Number.isInteger(value)) return value.toLocaleString(lang === "zh" ? "zh-CN" : "en-GB");
  return String(value).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** CNY; whole yuan, because nobody states fen. */
export function formatMoney(value: number, lang: Lang): string {
  return (lang === "zh" ? "¥" : "CN¥") + formatNumber(Math.round(value), lang);
}

/** `2025`, `2025-11` or `2025-11-07` in words. */
export function formatDay(day: string, lang: Lang): string {
  const [year, month, date] = day.split("-").map(Number);
  const parts = lang === "zh" ? [year, month, date] : [date, month && MONTHS[month - 1], year];
  const units = lang === "zh" ? ["年", "月", "日"] : [" ", " ", ""];
  return parts.map((part, at) => (part === undefined ? "" : `${part}${units[at]}`)).join("");
}

/** A month's name where there is little room; from 1. */
export function shortMonth(month: number, lang: Lang): string {
  return lang === "zh" ? `${month}月` : (MONTHS[month - 1] ?? "").slice(0, 3);
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
