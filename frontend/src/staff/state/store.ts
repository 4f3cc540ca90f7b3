/** What the shell knows at this moment, in one object. */
import type { Me } from "../api/types.ts";
import type { Page } from "./url.ts";

/** A line at the head of the page: something is done, or was refused and why. */
export interface Said {
  readonly text: string;
  readonly trouble: boolean;
  /** What is wrong field by field, where the answer says so. */
  readonly faults: readonly string[];
}

export interface State {
  /** Who is there: null for nobody, undefined until the server has said. */
  readonly me: Me | null | undefined;
  readonly page: Page;
  readonly said: Said | null;
  /** The list of shortcuts is open. */
  readonly help: boolean;
  /** Single keys act; somebody who dictates can turn them off. */
  readonly keys: boolean;
  /** On narrow windows: the list of rooms is open. */
  readonly menu: boolean;
}
