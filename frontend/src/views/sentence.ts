/** The filters in force as a sentence, with a cross on each part that can be taken away. */
import { html, nothing, type TemplateResult } from "lit-html";
import type { Part } from "../api/types.ts";
import { tidy } from "../i18n/format.ts";
import { changed, type FilterName } from "../state/filters.ts";
import { applied } from "../state/store.ts";
import { address } from "../state/url.ts";
import type { Scene } from "./scene.ts";

export function sentence(scene: Scene): TemplateResult | typeof nothing {
  const { state, lang, words } = scene;
  const filters = applied(state);
  if (filters === null) return nothing;
  const removable = filters.parts.filter((part) => part.removable);
  return html`<div class="sentence" data-sentence>
    <h1>${tidy(filters.sentence[lang] ?? "")}</h1>
    ${
      removable.length === 0
        ? nothing
        : html`<ul class="parts">
            ${removable.map((part) => html`<li>${cross(scene, part)}</li>`)}
            ${
              removable.length > 1
                ? html`<li><a class="part clear" href=${cleared(scene)}>${words.list.clear}</a></li>`
                : nothing
            }
          </ul>`
    }
  </div>`;
}

function cross(scene: Scene, part: Part): TemplateResult {
  const { state, lang, words } = scene;
  const filters = changed(state.page.filters, { [part.name as FilterName]: null });
  return html`<a class="part" data-part=${part.name} href=${address({ ...state.page, filters })}
    >${tidy(part[lang])}<span aria-hidden="true" class="cross">×</span
    ><span class="visually-hidden">${words.list.remove}</span></a
  >`;
}

function cleared(scene: Scene): string {
  return address({ ...scene.state.page, filters: {} });
}
