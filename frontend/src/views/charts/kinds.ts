/** Which charts there are, by what each counts, and on which maps it means something. */
import type { FilterName } from "../../state/filters.ts";

export type MapName = "calls" | "strikes" | "accidents" | "all";
export type KindName =
  | "month"
  | "industry"
  | "issue"
  | "action"
  | "region"
  | "reply_days"
  | "accident_type"
  | "response"
  | "ownership";

export interface Kind {
  readonly name: KindName;
  readonly maps: readonly MapName[];
  /** The filter that a bar sets; none where no filter means the same. */
  readonly filter: FilterName | null;
  /** A case may count under several of its keys. */
  readonly many: boolean;
  /** May also be drawn as shares of a whole. */
  readonly shares: boolean;
}

const EVERY: readonly MapName[] = ["calls", "strikes", "accidents", "all"];

export const KINDS: readonly Kind[] = [
  { name: "month", maps: EVERY, filter: "since", many: false, shares: false },
  { name: "industry", maps: EVERY, filter: "industry", many: false, shares: true },
  { name: "issue", maps: ["calls", "strikes", "all"], filter: "issue", many: true, shares: false },
  { name: "action", maps: ["calls", "strikes"], filter: "action", many: true, shares: false },
  {
    name: "accident_type",
    maps: ["accidents"],
    filter: "accident_type",
    many: false,
    shares: true,
  },
  { name: "region", maps: EVERY, filter: "region", many: false, shares: false },
  { name: "reply_days", maps: ["calls"], filter: null, many: false, shares: false },
  { name: "response", maps: ["calls", "strikes"], filter: "response", many: true, shares: false },
  { name: "ownership", maps: ["strikes"], filter: "ownership", many: false, shares: true },
];

export function kindsOf(map: string): readonly Kind[] {
  return KINDS.filter((kind) => (kind.maps as readonly string[]).includes(map));
}

/** What the API is asked for: a long range is drawn by year, and its length shows in the answer. */
export function dimensionsOf(map: string): readonly string[] {
  return kindsOf(map).flatMap((kind) => (kind.name === "month" ? ["month", "year"] : [kind.name]));
}
