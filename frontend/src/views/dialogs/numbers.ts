/** A whole number as a filter: applied when the field is left or Enter is pressed. */
import { html, type TemplateResult } from "lit-html";
import type { FilterName } from "../../state/filters.ts";
import { infoOf } from "../filters/options.ts";
import type { Scene } from "../scene.ts";

/** The largest number the API takes. */
const MOST = 2_147_483_647;

export function numberField(scene: Scene, name: FilterName): TemplateResult {
  const { state, act, lang } = scene;
  return html`<label class="field">
    <span>${infoOf(scene, name)?.label[lang] ?? ""}</span>
    <input
      type="number"
      name=${name}
      inputmode="numeric"
      min="0"
      max=${MOST}
      step="1"
      .value=${state.page.filters[name] ?? ""}
      @change=${(event: Event) => {
        const field = event.target as HTMLInputElement;
        if (field.reportValidity()) act.setFilters({ [name]: field.value });
      }}
    />
  </label>`;
}
