/** The editable members of a case: taken out of it, compared, joined after somebody else's edit. */
import type {
  CaseFields,
  DeskCase,
  MapName,
  Member,
  Pair,
  Reply,
  Source,
} from "../api/case_types.ts";

export const MEMBERS = [
  "map",
  "date",
  "title",
  "text",
  "company",
  "place",
  "point",
  "shown",
  "industry",
  "issues",
  "actions",
  "responses",
  "ownership",
  "accident_type",
  "participants",
  "deaths",
  "injuries",
  "amount_owed",
  "months_owed",
  "period",
  "stated",
  "notes",
  "sources",
  "replies",
] as const satisfies readonly Member[];

const EMPTY: Pair = { zh: null, en: null };

export function emptyFields(map: MapName, today: string): CaseFields {
  return {
    map,
    date: { value: today, precision: "day" },
    title: EMPTY,
    text: EMPTY,
    company: EMPTY,
    place: null,
    point: null,
    shown: "county",
    industry: null,
    issues: [],
    actions: [],
    responses: [],
    ownership: null,
    accident_type: null,
    participants: null,
    deaths: null,
    injuries: null,
    amount_owed: null,
    months_owed: null,
    period: null,
    stated: {},
    notes: null,
    sources: [],
    replies: [],
  };
}

export const emptySource = (): Source => ({
  platform: null,
  url: null,
  posted_on: null,
  archived: null,
  still_live: null,
});

export const emptyReply = (): Reply => ({
  office: EMPTY,
  level: null,
  received_on: null,
  replied_on: null,
  text: EMPTY,
  status: "待回复",
  promise_due_on: null,
  outcome: EMPTY,
});

/** Only what a save may send. */
export function fieldsOf(held: DeskCase): CaseFields {
  return Object.fromEntries(MEMBERS.map((name) => [name, held[name]])) as unknown as CaseFields;
}

export function equal(one: unknown, other: unknown): boolean {
  return canonical(one) === canonical(other);
}

/** JSON with members in one order, and the same for a blank text as for none. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, held: unknown) => {
    if (held === "") return null;
    if (held === null || typeof held !== "object" || Array.isArray(held)) return held;
    return Object.fromEntries(Object.entries(held).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

export function differing(one: CaseFields, other: CaseFields): Member[] {
  return MEMBERS.filter((name) => !equal(one[name], other[name]));
}

export interface Joined {
  /** What is typed, with the other one's changes where nothing was typed. */
  readonly fields: CaseFields;
  /** Members that both changed, each in another way: what was typed stays until somebody chooses. */
  readonly both: readonly Member[];
  /** Members that only the other one changed. */
  readonly theirs: readonly Member[];
}

/** `mine` was typed over `base`, while somebody else made `current` of it. */
export function join(base: CaseFields, mine: CaseFields, current: CaseFields): Joined {
  const changed = differing(base, current);
  const typed = new Set(differing(base, mine));
  const theirs = changed.filter((name) => !typed.has(name));
  const both = changed.filter((name) => typed.has(name) && !equal(mine[name], current[name]));
  const taken = Object.fromEntries(theirs.map((name) => [name, current[name]]));
  return { fields: { ...mine, ...taken }, both, theirs };
}

/** The texts that lack one language while the other is there, as `title.en`. */
export function gaps(fields: CaseFields): string[] {
  return (["title", "text", "company"] as const).flatMap((name) => {
    const { zh, en } = fields[name];
    if (!zh === !en) return name === "title" && !zh ? ["title.zh", "title.en"] : [];
    return [`${name}.${zh ? "en" : "zh"}`];
  });
}
