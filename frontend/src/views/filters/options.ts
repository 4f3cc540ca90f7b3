/** The options of a filter as the server counted them. What is derived is kept per answer. */
import type { FilterInfo, Option } from "../../api/types.ts";
import { formatNumber, tidy } from "../../i18n/format.ts";
import type { FilterName } from "../../state/filters.ts";
import type { Scene } from "../scene.ts";

const NONE: readonly Option[] = [];
const families = new WeakMap<readonly Option[], ReadonlyMap<string | null, readonly Option[]>>();
const codes = new WeakMap<readonly Option[], ReadonlyMap<string, Option>>();

/** Null while the server has not answered, and where it does not know the filter. */
export function infoOf(scene: Scene, name: FilterName): FilterInfo | null {
  return scene.state.options.data?.filters.find((filter) => filter.name === name) ?? null;
}

export function optionsOf(scene: Scene, name: FilterName): readonly Option[] {
  return infoOf(scene, name)?.options ?? NONE;
}

/** The options directly below one; below null those at the top. */
export function childrenOf(options: readonly Option[], parent: string | null): readonly Option[] {
  let family = families.get(options);
  if (family === undefined) {
    const made = new Map<string | null, Option[]>();
    for (const option of options) {
      const siblings = made.get(option.parent);
      if (siblings) siblings.push(option);
      else made.set(option.parent, [option]);
    }
    families.set(options, made);
    family = made;
  }
  return family.get(parent) ?? NONE;
}

export function byCode(options: readonly Option[]): ReadonlyMap<string, Option> {
  let held = codes.get(options);
  if (held === undefined) {
    held = new Map(options.map((option) => [option.code, option]));
    codes.set(options, held);
  }
  return held;
}

/** From the top down to the option itself; empty where it is not among these. */
export function pathTo(options: readonly Option[], code: string): Option[] {
  const held = byCode(options);
  const path: Option[] = [];
  for (let at = held.get(code); at !== undefined; at = held.get(at.parent ?? "")) path.unshift(at);
  return path;
}

/** An option's name with how many cases it would leave, where that is known. */
export function counted(scene: Scene, option: Option): string {
  const { lang, words } = scene;
  if (option.count === null) return option[lang];
  return words.filters.counted(option[lang], formatNumber(option.count, lang));
}

/** What the sentence says of a filter, for a value that is not among the options. */
export function sentenceOf(scene: Scene, name: FilterName): string {
  const { state, lang } = scene;
  const applied = state.options.data?.applied ?? state.list.data?.answer.filters;
  const part = applied?.parts.find((one) => one.name === name);
  return part ? tidy(part[lang]) : (state.page.filters[name] ?? "");
}

/** How many cases match, as far as is known. */
export function totalOf(scene: Scene): number | null {
  const { options, list } = scene.state;
  return options.data?.total ?? list.data?.answer.total ?? null;
}
