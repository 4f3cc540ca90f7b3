/** What the two date filters say together, and how they change. Days are YYYY-MM-DD in Shanghai. */
import type { Changes } from "../../state/actions.ts";
import type { Filters } from "../../state/filters.ts";

/** Quick choices: six months (what holds without dates), a year, everything; or the reader's own. */
export const CHOICES = ["half", "year", "all", "own"] as const;
export type Choice = (typeof CHOICES)[number];

/** Years are offered from here on: the oldest records of the archives that this one continues. */
const FIRST_YEAR = 2011;

export interface Span {
  readonly choice: Choice;
  /** Whether the reader chose days, not months. */
  readonly byDay: boolean;
  /** First day; null for everything there is. */
  readonly since: string | null;
  readonly until: string;
}

export function spanOf(filters: Filters, today: string): Span {
  const { since, until } = filters;
  const last = until === undefined ? today : lastDay(until);
  const first = since === "all" ? null : since ? firstDay(since) : monthsBefore(last, 6);
  const own = { choice: "own", byDay: isDay(since) || isDay(until) } as const;
  const span = { ...own, since: first, until: last };
  if (until !== undefined) return span;
  if (since === "all") return { ...span, choice: "all" };
  if (first === monthsBefore(today, 12)) return { ...span, choice: "year", byDay: false };
  if (first === monthsBefore(today, 6)) return { ...span, choice: "half", byDay: false };
  return span;
}

/** The filters for a quick choice; for the reader's own the same days by month. */
export function chosen(choice: Choice, span: Span, today: string): Changes {
  if (choice === "half") return { since: null, until: null };
  if (choice === "year") return { since: monthsBefore(today, 12), until: null };
  if (choice === "all") return { since: "all", until: null };
  return written({ ...span, byDay: false }, today);
}

/** Moves one end; the other is pulled along rather than left on the wrong side of it. */
export function moved(
  span: Span,
  end: "since" | "until",
  day: string | null,
  today: string,
): Changes {
  const next = { ...span, [end]: day ?? (end === "since" ? null : today) };
  if (next.since !== null && next.since > next.until) {
    if (end === "since") next.until = span.byDay ? next.since : lastDay(next.since.slice(0, 7));
    else next.since = span.byDay ? next.until : firstDay(next.until.slice(0, 7));
  }
  return written(next, today);
}

/** Months to days or back: by month the span covers at least what it did. */
export function inPrecision(span: Span, byDay: boolean, today: string): Changes {
  const thisMonth = span.until.slice(0, 7) === today.slice(0, 7);
  return written({ ...span, byDay, until: thisMonth ? today : span.until }, today);
}

function written(span: Span, today: string): Changes {
  const { byDay, since, until } = span;
  const cut = (day: string) => (byDay ? day : day.slice(0, 7));
  // Up to now is left open, so that a saved address stays up to date.
  const open = !byDay && since !== null && cut(until) === cut(today);
  return { since: since === null ? "all" : cut(since), until: open ? null : cut(until) };
}

/** The years to choose from, the latest first. */
export function yearsOf(span: Span, today: string): string[] {
  const [first, last] = [span.since ?? span.until, span.until].map((day) =>
    Number(day.slice(0, 4)),
  );
  const from = Math.min(FIRST_YEAR, first ?? FIRST_YEAR);
  const to = Math.max(Number(today.slice(0, 4)), last ?? 0);
  return Array.from({ length: to - from + 1 }, (_, at) => String(to - at));
}

/** The same day so many months earlier, at the month's end where that is shorter. */
export function monthsBefore(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  const first = new Date(Date.UTC(year, month - 1 - months, 1));
  const target = first.toISOString().slice(0, 7);
  const end = Number(lastDay(target).slice(8));
  return `${target}-${String(Math.min(date, end)).padStart(2, "0")}`;
}

export function firstDay(text: string): string {
  return text.length === 4 ? `${text}-01-01` : text.length === 7 ? `${text}-01` : text;
}

export function lastDay(text: string): string {
  if (text.length === 10) return text;
  const [year = 0, month = 12] = text.split("-").map(Number);
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}

function isDay(text: string | undefined): boolean {
  return text?.length === 10;
}
