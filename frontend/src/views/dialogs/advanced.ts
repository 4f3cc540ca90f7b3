/** Advanced Search: every other filter. Choices apply at once, so that the counts stay true. */
import { html, nothing, type TemplateResult } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { formatNumber } from "../../i18n/format.ts";
import type { FilterName } from "../../state/filters.ts";
import { counted, infoOf, optionsOf, totalOf } from "../filters/options.ts";
import { textField } from "../filters/text.ts";
import type { Scene } from "../scene.ts";
import { numberField } from "./numbers.ts";

const TERMS = ["issue", "action", "response", "platform", "accident_type", "ownership"] as const;
const FLAGS = ["replied", "has_source", "has_contact", "placed"] as const;
const ALL: readonly FilterName[] = [
  ...TERMS,
  ...FLAGS,
  "company",
  "participants_min",
  "participants_max",
  "deaths_min",
  "injuries_min",
];

export function advancedBody(scene: Scene): TemplateResult {
  const { state, act, words, lang } = scene;
  const total = totalOf(scene);
  const held = ALL.filter((name) => state.page.filters[name] !== undefined);
  return html`<p class="note">${words.filters.live}</p>
    <form class="criteria" method="dialog">
      <fieldset class="rest">
        <legend class="visually-hidden">${words.filters.more}</legend>
        ${company(scene)} ${numbers(scene)} ${FLAGS.map((name) => flag(scene, name))}
      </fieldset>
      ${TERMS.map((name) => terms(scene, name))}
      <p class="dialog-foot">
        <button
          type="button"
          ?disabled=${held.length === 0}
          @click=${() => act.setFilters(Object.fromEntries(held.map((name) => [name, null])))}
        >
          ${words.filters.clearAdvanced}
        </button>
        <button type="submit" class="primary">
          ${total === null ? words.filters.apply : words.filters.show(formatNumber(total, lang))}
        </button>
      </p>
    </form>`;
}

function terms(scene: Scene, name: (typeof TERMS)[number]): TemplateResult | typeof nothing {
  const { state, act, words, lang } = scene;
  const options = optionsOf(scene, name);
  if (options.length === 0) return nothing;
  const label = infoOf(scene, name)?.label[lang] ?? "";
  const chosen = (state.page.filters[name] ?? "").split(",").filter((code) => code !== "");
  return html`<details class="terms" data-filter=${name}>
    <summary>
      <span class="name">${label}</span>
      ${
        chosen.length === 0
          ? nothing
          : html`<span class="chosen">${words.filters.chosen(String(chosen.length))}</span>`
      }
    </summary>
    <fieldset>
      <legend class="visually-hidden">${label}</legend>
      ${options.map(
        (option) => html`<label class=${option.count === 0 ? "none" : nothing}>
          <input
            type="checkbox"
            name=${name}
            value=${option.code}
            .checked=${live(chosen.includes(option.code))}
            @change=${(event: Event) => {
              const { checked } = event.target as HTMLInputElement;
              act.setFilters({ [name]: withCode(chosen, option.code, checked) });
            }}
          />
          <span>${counted(scene, option)}</span>
        </label>`,
      )}
    </fieldset>
  </details>`;
}

/** In the order of codes, so that equal choices are equal addresses. */
export function withCode(chosen: readonly string[], code: string, taken: boolean): string {
  const others = chosen.filter((one) => one !== code);
  return (taken ? [...others, code] : others).sort().join(",");
}

function company(scene: Scene): TemplateResult {
  const label = infoOf(scene, "company")?.label[scene.lang] ?? "";
  return html`<label class="field">
    <span>${label}</span>
    ${textField(scene, { name: "company", label, hint: "" })}
  </label>`;
}

/** Numbers that the chosen map has, and any that are set although it has not. */
function numbers(scene: Scene): (TemplateResult | typeof nothing)[] {
  const { filters } = scene.state.page;
  const map = filters.map ?? "calls";
  const casualties = map === "accidents" || map === "all";
  const offered = {
    participants_min: map !== "accidents",
    participants_max: map !== "accidents",
    deaths_min: casualties,
    injuries_min: casualties,
  };
  return (Object.keys(offered) as (keyof typeof offered)[]).map((name) =>
    offered[name] || filters[name] !== undefined ? numberField(scene, name) : nothing,
  );
}

function flag(scene: Scene, name: (typeof FLAGS)[number]): TemplateResult | typeof nothing {
  const { state, act, words, lang } = scene;
  const info = infoOf(scene, name);
  if (!info?.options?.length) return nothing;
  const chosen = state.page.filters[name] ?? "";
  const said = { true: words.filters.yes, false: words.filters.no };
  return html`<label class="field">
    <span>${info.label[lang]}</span>
    <select
      name=${name}
      @change=${(event: Event) =>
        act.setFilters({ [name]: (event.target as HTMLSelectElement).value })}
    >
      <option value="" .selected=${live(chosen === "")}>${words.filters.any}</option>
      ${info.options.map((option) => {
        const own = { ...option, [lang]: said[option.code as "true" | "false"] };
        return html`<option
          value=${option.code}
          class=${option.count === 0 ? "none" : nothing}
          .selected=${live(option.code === chosen)}
        >
          ${counted(scene, own)}
        </option>`;
      })}
    </select>
  </label>`;
}
