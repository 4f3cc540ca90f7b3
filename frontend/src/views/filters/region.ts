/** Where: type-ahead over all places, and province, prefecture, county as selects. */
import { html, type TemplateResult } from "lit-html";
import type { Option } from "../../api/types.ts";
import { placeIndex } from "../../state/places.ts";
import type { Scene } from "../scene.ts";
import { chooser } from "./chooser.ts";
import { infoOf } from "./options.ts";
import { placeSearch } from "./place_search.ts";

const counts = new WeakMap<readonly Option[], ReadonlyMap<string, number>>();

export function region(scene: Scene): TemplateResult {
  const { act, words, lang } = scene;
  const options = infoOf(scene, "region")?.options ?? null;
  return html`<div class="row" role="group" aria-labelledby="filter-region">
    <span class="name" id="filter-region">${words.filters.region}</span>
    <div class="fields choosers">
      ${placeSearch({
        words: words.filters,
        lang,
        counts: () => options && countsOf(options),
        load: placeIndex,
        choose: (code) => act.setFilters({ region: code }),
      })}
      ${chooser(scene, {
        name: "region",
        labels: words.filters.regionDepths,
        any: words.filters.anyRegion,
      })}
    </div>
  </div>`;
}

function countsOf(options: readonly Option[]): ReadonlyMap<string, number> {
  let held = counts.get(options);
  if (held === undefined) {
    held = new Map(options.map((option) => [option.code, option.count ?? 0]));
    counts.set(options, held);
  }
  return held;
}
