/** The console by keyboard: rows by j and k, the search by /, rooms by number, what else a room has. */

export interface Shortcut {
  /** As KeyboardEvent.key has it: "e", "Enter". */
  readonly key: string;
  /** What it does, in the language in force. */
  readonly says: string;
  readonly act: () => void;
}

/** Fields take every key for themselves. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.matches("textarea, select")) return true;
  return target instanceof HTMLInputElement && !/^(checkbox|radio|button)$/.test(target.type);
}

/** Rows are whatever bears data-row: a link, as a rule, so that Enter opens it by itself. */
export function stepRow(root: ParentNode, by: 1 | -1): void {
  const rows = [...root.querySelectorAll<HTMLElement>("main [data-row]")];
  const at = rows.findIndex((row) => row.matches(":focus"));
  const next = at === -1 ? (by === 1 ? 0 : rows.length - 1) : at + by;
  const row = rows[Math.min(Math.max(next, 0), rows.length - 1)];
  row?.focus();
  row?.scrollIntoView({ block: "nearest" });
}

/** The field that bears data-search. */
export function enterSearch(root: ParentNode): void {
  const field = root.querySelector<HTMLElement>("main [data-search]");
  field?.focus();
  if (field instanceof HTMLInputElement) field.select();
}
