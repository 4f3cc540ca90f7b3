/** Which archive: calls, strikes, accidents or all, each with how many cases it has. */
import { html, type TemplateResult } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { formatNumber } from "../../i18n/format.ts";
import type { Scene } from "../scene.ts";
import { byCode, optionsOf } from "./options.ts";

const MAPS = ["calls", "strikes", "accidents", "all"] as const;

export function mapSwitch(scene: Scene): TemplateResult {
  const { state, act, words, lang } = scene;
  const chosen = state.page.filters.map ?? "calls";
  const held = byCode(optionsOf(scene, "map"));
  return html`<fieldset class="maps">
    <legend class="visually-hidden">${words.filters.map}</legend>
    <div class="segments">
      ${MAPS.map((map) => {
        const count = held.get(map)?.count ?? null;
        return html`<label>
          <input
            type="radio"
            name="map"
            value=${map}
            .checked=${live(map === chosen)}
            @change=${() => act.setFilters({ map: map === "calls" ? null : map })}
          />
          <span>${words.filters.maps[map]}</span>
          <span class="number">${count === null ? "\u00a0" : formatNumber(count, lang)}</span>
        </label>`;
      })}
    </div>
  </fieldset>`;
}
