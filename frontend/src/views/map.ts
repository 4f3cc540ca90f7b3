/** The panel around the map: sums, legend, controls, what was chosen, and the list that says the same. */
import { html, nothing, type TemplateResult } from "lit-html";
import { formatNumber, type Lang } from "../i18n/format.ts";
import type { MapWords } from "../i18n/map.ts";
import { chosen, type PanelChosen } from "./map/chosen.ts";
import { legend } from "./map/legend.ts";

type Content = TemplateResult | typeof nothing;

export interface PanelPlace {
  readonly code: string;
  readonly name: string;
  readonly count: number;
  /** The count is of cases known no finer than this place, not of all in it. */
  readonly coarse?: boolean;
}

/** What lies in view, as the map tells it (Shown of map/contract.ts). */
export interface PanelShown {
  readonly level: "province" | "prefecture" | "case";
  readonly sum: number;
  readonly whole: boolean;
  readonly places: readonly PanelPlace[];
  readonly classes: readonly { readonly from: number; readonly to: number | null }[];
  /** Which areas have these classes. */
  readonly coloured: "province" | "prefecture";
}

export interface MapPanel {
  readonly lang: Lang;
  /** `unsupported`: no WebGL 2; `broken`: the map failed on its way. */
  readonly status: "loading" | "ready" | "unsupported" | "broken";
  /** Some tile did not come. */
  readonly incomplete: boolean;
  readonly shown: PanelShown | null;
  /** The list's total, and how many of it are not placed (see notPlaced); null while unknown. */
  readonly total: number | null;
  readonly unplaced: number | null;
  /** The address of the list of those that are not placed. */
  readonly unplacedAddress: string;
  /** A `bbox` filter is in force: the map shows more than the list. */
  readonly framed: boolean;
  readonly choropleth: boolean;
  readonly chosen: PanelChosen | null;
  /** The list without a map: provinces with their counts, each with the address of its list. */
  readonly regions: readonly (PanelPlace & { readonly address: string })[];
  readonly act: PanelActions;
}

export interface PanelActions {
  zoom(by: 1 | -1): void;
  home(): void;
  setChoropleth(on: boolean): void;
  /** As if the place had been clicked on the map. */
  choose(code: string): void;
  nearer(): void;
  close(): void;
  retry(): void;
}

/** How many of the list have no place: what the option leaves, unless the list is about just that. */
export function notPlaced(
  filter: string | undefined,
  option: number | null,
  total: number | null,
): number | null {
  if (filter === "true") return 0;
  return filter === "false" ? total : option;
}

export function mapPanel(panel: MapPanel, words: MapWords): TemplateResult {
  const { shown, total, unplaced, status } = panel;
  const drawn = status === "loading" || status === "ready";
  const known = total !== null && unplaced !== null;
  return html`<section
    class="map"
    aria-label=${words.label}
    aria-busy=${status === "loading"}
    data-status=${status}
    data-level=${shown?.level ?? nothing}
    data-whole=${shown?.whole ?? nothing}
    data-in-view=${shown?.sum ?? nothing}
    data-placed=${known ? total - unplaced : nothing}
    data-unplaced=${unplaced ?? nothing}
    data-total=${total ?? nothing}
  >
    <div class="map-head">
      ${sums(panel, words)}
      <p class="map-says">
        ${status === "loading" ? words.loading : nothing}
        ${status === "ready" && shown ? words.says[shown.level] : nothing}
        ${panel.framed ? words.framed : nothing}
      </p>
      ${incomplete(panel, words)}
    </div>
    <div class="map-field" ?hidden=${!drawn}>
      <div class="map-canvas" data-map></div>
      ${controls(panel, words)}
      <div class="map-foot">
        ${shown ? legend(shown, panel, words) : nothing}
        <p class="map-attribution">${words.attribution}</p>
      </div>
      ${panel.chosen ? chosen(panel.chosen, panel, words) : nothing}
    </div>
    ${drawn ? places(panel, words) : fallback(panel, words)}
  </section>`;
}

/** An addition that a reader can check: in view + elsewhere + not placed = total. */
function sums(
  { shown, total, unplaced, unplacedAddress, framed, lang }: MapPanel,
  words: MapWords,
): Content {
  if (total === null || unplaced === null) return nothing;
  const number = (count: number) => words.sum.of(formatNumber(count, lang));
  const elsewhere = shown === null ? 0 : total - unplaced - shown.sum;
  const parts: TemplateResult[] = [];
  if (shown !== null && !framed) {
    parts.push(html`<span>${words.sum.view} <strong>${number(shown.sum)}</strong></span>`);
    if (elsewhere > 0) parts.push(html`<span>${words.sum.elsewhere} ${number(elsewhere)}</span>`);
  }
  parts.push(
    unplaced > 0
      ? html`<a href=${unplacedAddress} data-not-placed>${words.sum.unplaced} ${number(unplaced)}</a>`
      : html`<span>${words.sum.unplaced} ${number(0)}</span>`,
  );
  const whole = html`<span>${words.sum.total} ${number(total)}</span>`;
  if (shown === null || framed) return html`<p class="map-sums">${parts} <i>·</i> ${whole}</p>`;
  const joined = parts.flatMap((part, index) => (index === 0 ? [part] : [html`<i>+</i>`, part]));
  return html`<p class="map-sums">${joined} <i>=</i> ${whole}</p>`;
}

function incomplete({ incomplete: missing, act }: MapPanel, words: MapWords): Content {
  if (!missing) return nothing;
  return html`<p class="map-failed" role="status">
    ${words.failed}
    <button type="button" @click=${() => act.retry()}>${words.retry}</button>
  </p>`;
}

function controls({ choropleth, act, status }: MapPanel, words: MapWords): TemplateResult {
  const button = (name: string, sign: string, text: string, press: () => void) => html`<button
    type="button"
    class="map-button"
    data-map-control=${name}
    aria-label=${text}
    title=${text}
    @click=${press}
  >
    <span aria-hidden="true">${sign}</span>
  </button>`;
  return html`<div class="map-controls" ?hidden=${status !== "ready"}>
    ${button("in", "+", words.zoomIn, () => act.zoom(1))}
    ${button("out", "−", words.zoomOut, () => act.zoom(-1))}
    <button type="button" class="map-button wide" data-map-control="home" @click=${() => act.home()}>
      ${words.home}
    </button>
    <button
      type="button"
      class="map-button wide"
      data-map-control="colour"
      aria-pressed=${choropleth}
      @click=${() => act.setChoropleth(!choropleth)}
    >
      ${words.colour}
    </button>
  </div>`;
}

/** The map's twin: whatever it shows, for those who do not see it or do not use a pointer. */
function places({ shown, lang, act }: MapPanel, words: MapWords): Content {
  if (shown === null) return nothing;
  return html`<details class="map-places">
    <summary>${words.places(formatNumber(shown.places.length, lang))}</summary>
    <ol>
      ${shown.places.map(
        ({ code, name, count, coarse }) => html`<li>
          <button type="button" data-place=${code} @click=${() => act.choose(code)}>
            <span>${name || code}${coarse ? html` <small>${words.coarse}</small>` : nothing}</span>
            <span>${formatNumber(count, lang)}</span>
          </button>
        </li>`,
      )}
    </ol>
  </details>`;
}

function fallback({ status, regions, lang }: MapPanel, words: MapWords): TemplateResult {
  return html`<div class="map-fallback">
    <p role="status">${status === "broken" ? words.broken : words.unsupported}</p>
    <ol>
      ${regions.map(
        ({ code, name, count, address }) => html`<li>
          <a href=${address} data-place=${code}><span>${name}</span> <span>${formatNumber(count, lang)}</span></a>
        </li>`,
      )}
    </ol>
  </div>`;
}
