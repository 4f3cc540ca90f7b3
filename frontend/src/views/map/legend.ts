/** What the figures and colours on the map stand for. */
import { html, nothing, type TemplateResult } from "lit-html";
import { formatNumber } from "../../i18n/format.ts";
import type { MapWords } from "../../i18n/map.ts";
import type { MapPanel, PanelShown } from "../map.ts";

export function legend(
  shown: PanelShown,
  { choropleth, lang }: Pick<MapPanel, "choropleth" | "lang">,
  words: MapWords,
): TemplateResult | typeof nothing {
  const figures = shown.level !== "province";
  const classes = choropleth ? shown.classes : [];
  if (!figures && classes.length === 0) return nothing;
  const number = (count: number) => formatNumber(count, lang);
  const bounds = (from: number, to: number | null) =>
    to === null ? words.over(number(from)) : words.range(number(from), number(to));
  const key = (sign: string, text: string) =>
    html`<li><span class="sign ${sign}"></span>${text}</li>`;
  return html`<ul class="map-legend" aria-label=${words.legend}>
    ${figures && !(choropleth && shown.level === "prefecture") ? key("disc", words.disc) : nothing}
    ${shown.level === "case" ? key("dot", words.point) : nothing}
    ${figures ? key("ring", words.ring) : nothing}
    ${classes.length > 0 ? html`<li>${words.colours[shown.coloured]}</li>` : nothing}
    ${classes.length > 0 ? key("area", words.none) : nothing}
    ${classes.map(({ from, to }, index) => key(`area class-${index + 1}`, bounds(from, to)))}
  </ul>`;
}
