/** A text in stretches, some of which are marked as likely personal data. */
import type { Personal, PersonalKind } from "../api/types.ts";

export interface Stretch {
  readonly text: string;
  readonly kind: PersonalKind | null;
}

/** The whole text in order. Marks that overlap an earlier one or lie outside are left out. */
export function stretches(text: string, marks: readonly Personal[]): Stretch[] {
  const found: Stretch[] = [];
  let at = 0;
  for (const { start, end, kind } of [...marks].sort((one, other) => one.start - other.start)) {
    if (start < at || end <= start || end > text.length) continue;
    if (start > at) found.push({ text: text.slice(at, start), kind: null });
    found.push({ text: text.slice(start, end), kind });
    at = end;
  }
  if (at < text.length) found.push({ text: text.slice(at), kind: null });
  return found;
}
