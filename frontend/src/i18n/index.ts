/** Both languages, whole: `en` has the shape of `zh`, or this does not compile. */
import * as cases from "./case.ts";
import * as dialogs from "./dialogs.ts";
import * as filters from "./filters.ts";
import type { Lang } from "./format.ts";
import * as list from "./list.ts";
import * as map from "./map.ts";
import type { Shape } from "./shape.ts";
import * as shell from "./shell.ts";

const zh = {
  shell: shell.zh,
  list: list.zh,
  map: map.zh,
  case: cases.zh,
  filters: filters.zh,
  dialogs: dialogs.zh,
};
export type Words = Shape<typeof zh>;
const en: Words = {
  shell: shell.en,
  list: list.en,
  map: map.en,
  case: cases.en,
  filters: filters.en,
  dialogs: dialogs.en,
};

const LANGUAGES: Record<Lang, Words> = { zh, en };

export function wordsOf(lang: Lang): Words {
  return LANGUAGES[lang];
}
