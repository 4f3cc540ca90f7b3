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
}
