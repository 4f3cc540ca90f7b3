/** What every view is drawn from. Views return templates; they ask nothing and change nothing. */

import type { Lang } from "../i18n/format.ts";
import type { Words } from "../i18n/index.ts";
import type { Actions } from "../state/actions.ts";
import type { State } from "../state/store.ts";

export interface Scene {
  readonly state: State;
  readonly act: Actions;
  readonly words: Words;
  readonly lang: Lang;
  readonly served: Served;
}

/** What of the server's page is still in use. */
export interface Served {
  /** The rows of its list, by case, for as long as that list stays. */
  readonly rows: ReadonlyMap<string, Element>;
  /** Their list, for as long as it holds nothing else. */
  readonly cases: Element | null;
  /** The whole list; null when the script has drawn its own around the rows. */
  readonly list: Element | null;
  /** The figures that the script has not drawn yet, by name. */
  readonly figures: ReadonlyMap<string, Element>;
  /** What stands above the list and the graphs; null when the script has drawn its own. */
  readonly above: readonly Element[] | null;
}
