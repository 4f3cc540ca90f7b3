/** Native selects over a tree of options, one for each level down to the one that is chosen. */
import { html, nothing, type TemplateResult } from "lit-html";
import { live } from "lit-html/directives/live.js";
import type { Option } from "../../api/types.ts";
import type { FilterName } from "../../state/filters.ts";
import type { Scene } from "../scene.ts";
import { childrenOf, counted, optionsOf, pathTo, sentenceOf } from "./options.ts";

interface Chooser {
  readonly name: FilterName & ("region" | "industry");
  /** What each level is called. */
  readonly labels: readonly string[];
  /** The choice that leaves the filter out. */
  readonly any: string;
}

export function chooser(scene: Scene, { name, labels, any }: Chooser): TemplateResult[] {
  const { state, words, lang } = scene;
  const options = optionsOf(scene, name);
  const chosen = state.page.filters[name] ?? null;
  const path = chosen === null ? [] : pathTo(options, chosen);
  const unknown = chosen !== null && path.length === 0 ? sentenceOf(scene, name) : null;
  const levels = [null, ...path].filter(
    (above, depth) => depth === 0 || childrenOf(options, above?.code ?? null).length > 0,
  );
  return levels.map((above, depth) =>
    level(scene, {
      name,
      label: labels[depth] ?? "",
      all: above === null ? any : words.filters.allOf(above[lang]),
      above: above?.code ?? null,
      options: childrenOf(options, above?.code ?? null),
      chosen: path[depth]?.code ?? null,
      unknown: depth === 0 ? unknown : null,
      deepest: depth === levels.length - 1,
    }),
  );
}

interface Level {
  readonly name: FilterName;
  readonly label: string;
  readonly all: string;
  readonly above: string | null;
  readonly options: readonly Option[];
  readonly chosen: string | null;
  /** What is chosen but stands in no level: several values, or one without cases. */
  readonly unknown: string | null;
  /** Only this one carries the name: the form sends a single value. */
  readonly deepest: boolean;
}

function level(scene: Scene, at: Level): TemplateResult {
  const { act } = scene;
  const none = at.chosen === null && at.unknown === null;
  return html`<select
    name=${at.deepest ? at.name : nothing}
    data-filter=${at.name}
    aria-label=${at.label}
    @change=${(event: Event) => {
      const { value } = event.target as HTMLSelectElement;
      act.setFilters({ [at.name]: value });
    }}
  >
    <option value=${at.above ?? ""} .selected=${live(none)}>${at.all}</option>
    ${
      at.unknown === null
        ? nothing
        : html`<option value=${scene.state.page.filters[at.name] ?? ""} .selected=${live(true)}>
            ${at.unknown}
          </option>`
    }
    ${at.options.map(
      (option) => html`<option
        value=${option.code}
        class=${option.count === 0 ? "none" : nothing}
        .selected=${live(option.code === at.chosen)}
      >
        ${counted(scene, option)}
      </option>`,
    )}
  </select>`;
}
