/** The staff API's shapes as the console uses them: logins, alerts, requests, audit, short cases. */
import type { Problem } from "../../api/types.ts";

export type { Problem };
export type Role = "viewer" | "moderator" | "publisher" | "admin";

/** One text in both languages; null where one is missing. */
export interface Pair {
  readonly zh: string | null;
  readonly en: string | null;
}

export interface Coded {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
}

export interface CodedPath extends Coded {
  readonly path: readonly Coded[];
}

export interface Page<T> {
  readonly total: number;
  readonly items: readonly T[];
  readonly next: string | null;
}

export interface Me {
  readonly name: string;
  readonly role: Role;
  /** The password was given by somebody else: nothing works until it is changed. */
  readonly fresh: boolean;
  /** What this login may do, as "GET /staff/cases". */
  readonly operations: readonly string[];
  readonly token: string | null;
  /** Accounts whose budget of contact views is spent; only admins are told. */
  readonly alarms?: readonly string[];
}

export interface Account {
  readonly name: string;
  readonly role: Role;
  readonly made_on: string;
  readonly disabled: boolean;
  readonly locked: boolean;
  readonly fresh: boolean;
}

/** What is told once of a new account, or of one that was set back. */
export interface Given {
  readonly name: string;
  readonly role: Role;
  readonly password: string;
  readonly secret: string;
  readonly uri: string;
}

export type Scope = "read" | "edit" | "publish" | "import";

export interface Token {
  readonly id: string;
  readonly label: string;
  readonly scopes: readonly Scope[];
  readonly made_on: string;
  readonly expires_on: string;
}

export interface NewToken extends Token {
  readonly token: string;
}

export type AlertState = "received" | "checking" | "published" | "rejected" | "spam" | "withdrawn";
export type Lane = "proven" | "plain" | "unproven";

/** An alert as the queue shows it: nothing of what it says. */
export interface Alert {
  readonly id: string;
  readonly received_on: string;
  readonly lane: Lane;
  readonly lang: string;
  readonly state: AlertState;
  readonly changed_on: string | null;
  readonly reason: string | null;
  readonly case_id: string | null;
  readonly assignee: string | null;
  readonly flagged: boolean;
  readonly confirmed: boolean;
  readonly emptied: boolean;
  readonly files: number;
  readonly additions: number;
  /** Additions since its state was last changed. */
  readonly later: number;
}

export type PersonalKind =
  | "phone"
  | "id_number"
  | "bank_card"
  | "email"
  | "wechat"
  | "qq"
  | "plate"
  | "name"
  | "address";

/** Likely personal data in a text; offsets in UTF-16 units, as a browser counts. */
export interface Personal {
  readonly start: number;
  readonly end: number;
  readonly kind: PersonalKind;
}

export interface AttachedFile {
  readonly id: string;
  readonly kind: string;
  readonly size: number;
  /** Whether the original was kept as well. */
  readonly original: boolean;
}

export type Content = Readonly<Record<string, unknown>>;

export interface Addition {
  readonly received_on: string;
  readonly content: Content | null;
  readonly unreadable: boolean;
  readonly attachments: readonly AttachedFile[];
}

export interface OpenedAlert extends Omit<Alert, "additions"> {
  /** The form's fields; null where the content is gone or cannot be opened. */
  readonly content: Content | null;
  readonly unreadable: boolean;
  readonly attachments: readonly AttachedFile[];
  readonly additions: readonly Addition[];
  readonly personal: readonly (Personal & { readonly field: string })[];
}

/** A case as lists show it. */
export interface Item {
  readonly id: string;
  readonly map: string;
  readonly state: "draft" | "published" | "withdrawn";
  readonly date: { readonly value: string; readonly precision: "day" | "month" | "year" };
  readonly title: Pair;
  readonly company: Pair;
  readonly region: CodedPath | null;
  readonly revision: number;
  readonly edit: number;
  readonly flags: readonly string[];
  readonly from_alert: boolean;
  readonly waiting: boolean;
  readonly missing: readonly ("zh" | "en")[];
}

export type RequestKind = "contact" | "export" | "retention";

export interface Asking {
  readonly id: string;
  readonly kind: RequestKind;
  readonly subject: string;
  readonly case_id: string | null;
  readonly asked: Readonly<Record<string, unknown>>;
  readonly asked_by: string;
  readonly asked_on: string;
  readonly state: "open" | "approved" | "refused";
  readonly decided_by: string | null;
  readonly decided_on: string | null;
}

export interface AuditEntry {
  readonly number: number;
  readonly day: string;
  readonly actor: string;
  readonly act: string;
  readonly subject: string;
  readonly fields: readonly string[];
}

export interface Verified {
  readonly entries: number;
  /** The number of the first entry that does not continue the chain. */
  readonly broken: number | null;
}
