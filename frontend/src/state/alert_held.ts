/** What is held of an alert at a moment, and what a failure means for whoever wrote it. */
import type { AlertState, RefusedFile, Taken } from "../api/alerts.ts";
import { Failure } from "../api/client.ts";
import { type Draft, EMPTY, type FileFault } from "./alert_form.ts";

export type { RefusedFile, Taken };
export type Screen = "story" | "check" | "sent" | "receipt";
/** Why something was not done, as far as the person can do something about it. */
export type Trouble =
  | "away"
  | "busy"
  | "running"
  | "closed"
  | "refused"
  | "large"
  | "changed"
  | "failed";

export interface Asked {
  readonly code: string;
  readonly state: AlertState | null;
  /** `unknown`: no alert has this receipt, or its time is over. */
  readonly status: "idle" | "asking" | "known" | "unknown" | "added" | "withdrawn";
  readonly text: string;
  readonly files: readonly File[];
  readonly fileFaults: readonly FileFault[];
  /** What became of the files that were added. */
  readonly went: Taken["files"] | null;
  readonly trouble: Trouble | null;
}

export interface Held {
  readonly screen: Screen;
  readonly draft: Draft;
  readonly fileFaults: readonly FileFault[];
  /** The part of the work that is done while there is work, then null. */
  readonly sending: { readonly work: number | null } | null;
  readonly trouble: Trouble | null;
  /** Fields that the server refused. */
  readonly refused: readonly string[];
  /** What was pressed once and is done when it is pressed again. */
  readonly sure: "clear" | "withdraw" | null;
  /** Whether what is missing is to be said. */
  readonly pressed: boolean;
  readonly taken: Taken | null;
  /** Whether what was sent names an address. */
  readonly mailed: boolean;
  readonly asked: Asked;
}

export const ASKED: Asked = {
  code: "",
  state: null,
  status: "idle",
  text: "",
  files: [],
  fileFaults: [],
  went: null,
  trouble: null,
};
export const NEW: Held = {
  screen: "story",
  draft: EMPTY,
  fileFaults: [],
  sending: null,
  trouble: null,
  refused: [],
  sure: null,
  pressed: false,
  taken: null,
  mailed: false,
  asked: ASKED,
};

export function troubleOf(error: unknown): Trouble {
  if (!(error instanceof Failure)) return "failed";
  const { status, problem } = error;
  const kind = problem?.type.split("#")[1] ?? "";
  if (status === 0) return "away";
  if (kind === "no-alerts") return "closed";
  if (status === 413) return "large";
  if (status === 409) return "running";
  if (status === 422) return kind === "idempotency-conflict" ? "changed" : "refused";
  return status === 503 || status === 429 ? "busy" : status >= 500 ? "away" : "failed";
}

/** Fields that were refused. */
export function fieldsOf(error: unknown): string[] {
  if (!(error instanceof Failure)) return [];
  const errors = error.problem?.errors ?? [];
  return errors.flatMap(({ parameter }) => (parameter ? [parameter] : []));
}
