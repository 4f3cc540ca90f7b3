/** What was chosen on the map: its name, how many cases, and what can be done about it. */
import { html, nothing, type TemplateResult } from "lit-html";
import { formatNumber, type Lang } from "../../i18n/format.ts";
import type { MapWords } from "../../i18n/map.ts";
import type { MapPanel } from "../map.ts";

type Content = TemplateResult | typeof nothing;

/** What was clicked: a place, or cases at one spot. */
export interface PanelChosen {
  readonly name: string;
  /** Null where the zoom does not tell. */
  readonly count: number | null;
  readonly kind: "place" | "coarse" | "spot";
  /** The address of the list with this place as its region; null where it is no place. */
  readonly only: string | null;
  /** Whether the map can go nearer. */
  readonly nearer: boolean;
  readonly cases: "loading" | "failed" | readonly TemplateResult[] | null;
}

export function chosen(
  picked: PanelChosen,
  { act, lang }: Pick<MapPanel, "act" | "lang">,
  words: MapWords,
): TemplateResult {
  return html`<div class="map-chosen" role="region" aria-label=${words.chosen}>
    <div class="map-chosen-head">
      <h2>${picked.name}</h2>
      <button type="button" class="map-button" aria-label=${words.close} @click=${() => act.close()}>
        <span aria-hidden="true">×</span>
      </button>
    </div>
    ${picked.count === null ? nothing : html`<p>${counted(picked.kind, picked.count, lang, words)}</p>`}
    <p class="map-chosen-acts">
      ${picked.only ? html`<a class="button" data-only href=${picked.only}>${words.only}</a>` : nothing}
      ${
        picked.nearer
          ? html`<button type="button" @click=${() => act.nearer()}>${words.nearer}</button>`
          : nothing
      }
    </p>
    ${casesOf(picked, words, lang)}
  </div>`;
}

function counted(kind: PanelChosen["kind"], count: number, lang: Lang, words: MapWords): string {
  if (count === 0) return words.known.none;
  const number = formatNumber(count, lang);
  if (kind === "spot") return words.here(number);
  return kind === "coarse" ? words.known.coarse(number) : words.known.all(number);
}

/** The cases at one spot, as rows of the list. */
function casesOf({ cases, count }: PanelChosen, words: MapWords, lang: Lang): Content {
  if (cases === null) return nothing;
  if (cases === "loading") return html`<p aria-busy="true">${words.loadingCases}</p>`;
  if (cases === "failed") return html`<p role="status">${words.listFailed}</p>`;
  const cut = count !== null && cases.length < count;
  return html`<ol class="cases">
      ${cases.map((row) => html`<li>${row}</li>`)}
    </ol>
    ${cut ? html`<p>${words.truncated(formatNumber(cases.length, lang))}</p>` : nothing}`;
}
