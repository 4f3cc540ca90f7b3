/**
 * The console's address: which room, which thing in it, what a list is narrowed to. The only module
 * of the console that touches `history` and `location`.
 */
import type { Lang } from "../../i18n/format.ts";

/** The server answers these with the console (api/staff/page.py). */
export const ROOM_NAMES = [
  "alerts",
  "cases",
  "news",
  "terms",
  "imports",
  "requests",
  "audit",
  "accounts",
  "tokens",
] as const;
export type RoomName = (typeof ROOM_NAMES)[number];
export type Query = Readonly<Record<string, string>>;

export interface Page {
  /** Null at "/", where the shell opens the first room that one may enter. */
  readonly room: RoomName | null;
  readonly id: string | null;
  /** All parameters but the language. */
  readonly query: Query;
  /** Null where the address names none. */
  readonly lang: Lang | null;
}

export function read(address: { pathname: string; search: string }): Page {
  const [first = "", id = ""] = address.pathname.split("/").slice(1);
  const { lang, ...query } = Object.fromEntries(new URLSearchParams(address.search));
  const room = ROOM_NAMES.find((name) => name === first) ?? null;
  return {
    room,
    id: room !== null && id !== "" ? decoded(id) : null,
    query,
    lang: lang === "zh" || lang === "en" ? lang : null,
  };
}

/** As it was given where it is no proper encoding. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export function address(page: Page): string {
  const path = page.room === null ? "/" : `/${page.room}`;
  const query = new URLSearchParams({ ...page.query, ...(page.lang && { lang: page.lang }) });
  const text = query.toString();
  const whole = page.id === null ? path : `${path}/${encodeURIComponent(page.id)}`;
  return text === "" ? whole : `${whole}?${text}`;
}

export function here(): Page {
  return read(location);
}

/** A new entry: Back leads to what was before. */
export function push(page: Page): void {
  history.pushState(null, "", address(page));
}

/** The same entry under another address. */
export function replace(page: Page): void {
  history.replaceState(null, "", address(page));
}

/** Calls `listener` when somebody goes back or forward. */
export function follow(listener: (page: Page) => void): void {
  addEventListener("popstate", () => listener(here()));
}

/** Loads the document anew, so that nothing of what was in memory is left. */
export function forget(page: Page): void {
  location.replace(address(page));
}
