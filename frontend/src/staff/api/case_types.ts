/** The desk's cases as /api/v1/staff answers them; short cases, alerts and logins are in types.ts. */
import type { Alert, Coded, Pair, Item as Short } from "./types.ts";

export type { Coded, Pair };

/** A case as lists have it; `pending`: it is public, and has edits that are not. */
export interface Item extends Short {
  readonly pending: boolean;
}

export type MapName = "calls" | "strikes" | "accidents";
export type State = Item["state"];
export type Precision = "day" | "month" | "year";
export type Shown = "prefecture" | "county" | "exact";
export type Status = "待回复" | "办理中" | "已办理";
export type Channel = "phone" | "email" | "wechat" | "qq" | "other";
export type Consent = "none" | "helpers" | "public";
export type WithdrawalReason = "at_request" | "privacy" | "mistaken" | "duplicate" | "legal";
export type Outcome = "news" | "none" | "unreachable";

export interface CaseDay {
  readonly value: string;
  readonly precision: Precision;
}

export interface FilterPart {
  readonly name: string;
  readonly zh: string;
  readonly en: string;
}

export interface CaseList {
  readonly filters: { readonly parts: readonly FilterPart[]; readonly sentence: Pair };
  readonly total: number;
  readonly items: readonly Item[];
  readonly next: string | null;
}

export interface Source {
  readonly platform: string | null;
  readonly url: string | null;
  readonly posted_on: string | null;
  /** SHA-256 of a copy that was kept, where there is one. */
  readonly archived: string | null;
  readonly still_live: boolean | null;
}

export interface Reply {
  readonly office: Pair;
  readonly level: string | null;
  readonly received_on: string | null;
  readonly replied_on: string | null;
  readonly text: Pair;
  readonly status: Status;
  readonly promise_due_on: string | null;
  readonly outcome: Pair;
}

/** The members of a case that staff edit. */
export interface CaseFields {
  readonly map: MapName;
  readonly date: CaseDay;
  readonly title: Pair;
  readonly text: Pair;
  readonly company: Pair;
  readonly place: string | null;
  readonly point: readonly [number, number] | null;
  readonly shown: Shown;
  readonly industry: string | null;
  readonly issues: readonly string[];
  readonly actions: readonly string[];
  readonly responses: readonly string[];
  readonly ownership: string | null;
  readonly accident_type: string | null;
  readonly participants: {
    readonly low: number | null;
    readonly high: number | null;
    readonly stated: string | null;
  } | null;
  readonly deaths: number | null;
  readonly injuries: number | null;
  readonly amount_owed: number | null;
  readonly months_owed: number | null;
  readonly period: { readonly from: string | null; readonly until: string | null } | null;
  readonly stated: Readonly<Record<string, readonly string[]>>;
  readonly notes: string | null;
  readonly sources: readonly Source[];
  readonly replies: readonly Reply[];
}

export type Member = keyof CaseFields;

/** Where a text is likely to tell who somebody is; offsets count UTF-16 units. */
export interface Mark {
  readonly start: number;
  readonly end: number;
  readonly kind: string;
}

export interface FieldMark extends Mark {
  readonly field: string;
}

export interface Contact {
  readonly id: string;
  readonly channel: Channel;
  readonly consent: Consent;
  readonly public: boolean;
  /** Whether its publication waits for a second person. */
  readonly asked: boolean;
}

export interface DeskCase extends CaseFields {
  readonly id: string;
  readonly state: State;
  readonly edit: number;
  readonly revision: number;
  readonly flags: readonly string[];
  readonly from_alert: boolean;
  readonly alert: string | null;
  readonly waiting: boolean;
  /** It is public, and has edits that are not. */
  readonly pending: boolean;
  readonly missing: readonly string[];
  readonly contacts: readonly Contact[];
  readonly personal: readonly FieldMark[];
  readonly published: { readonly revision: number; readonly day: string } | null;
}

export interface Published {
  readonly state: "published" | "waiting";
  readonly revision: number;
  readonly next_batch: string | null;
}

export interface Revision {
  readonly revision: number;
  readonly day: string;
  readonly kind: string;
  readonly fields: readonly string[];
  readonly reason: Pair | null;
}

export interface Duplicate {
  readonly case: Item;
  readonly score: number;
  readonly same: readonly ("company" | "place" | "date" | "amount" | "text")[];
  readonly excerpt: Pair;
  readonly repeat: boolean;
}

export interface FoundPlace extends Coded {
  readonly path: readonly Coded[];
  readonly kind: string;
}

export interface Term extends Coded {
  readonly kind: string;
  readonly parent: string | null;
  readonly maps: readonly string[];
}

export interface PlaceRow extends Coded {
  readonly parent: string | null;
  readonly level: string;
  readonly kind: string;
}

export interface Vocabulary {
  readonly places: readonly PlaceRow[];
  readonly terms: readonly Term[];
}

/** One row of FILTERS, as GET /filters describes it. */
export interface FilterRow {
  readonly name: string;
  readonly type: "choice" | "date" | "codes" | "text" | "integer" | "boolean" | "bbox";
  readonly label: { readonly zh: string | null; readonly en: string | null };
  readonly vocabulary: string | null;
  readonly options: readonly (Coded & { readonly parent: string | null })[] | null;
}

export interface Unmatched {
  readonly kind: string;
  readonly stated: string;
  readonly count: number;
  readonly guess: string | null;
}

export interface Mapping {
  readonly kind: string;
  readonly stated: string;
  readonly code: string;
  readonly made_by: string;
  readonly made_on: string;
  readonly left: number;
}

export interface ImportReport {
  readonly dry_run: boolean;
  readonly files: readonly string[];
  readonly read: number;
  readonly added: number;
  readonly unchanged: number;
  readonly flagged: number;
  readonly published: number;
  readonly unplaced: number;
  readonly unmatched: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly contact_columns: readonly string[];
  readonly ignored_columns: readonly string[];
  readonly ignored_sheets: readonly string[];
  readonly rejected: readonly {
    readonly file: string;
    readonly row: number;
    readonly zh: string;
    readonly en: string;
  }[];
}

export interface News {
  readonly inquiries: readonly {
    readonly case: Item;
    readonly days: 30 | 90;
    readonly due_on: string;
  }[];
  readonly promises: readonly {
    readonly case: Item;
    readonly position: number;
    readonly office: Pair;
    readonly promise_due_on: string;
  }[];
  readonly additions: readonly Alert[];
}
