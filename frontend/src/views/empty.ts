/** Nothing found: which filter to loosen. */
import { html, nothing, type TemplateResult } from "lit-html";
import type { FiltersInForce } from "../api/types.ts";
import { changed, type FilterName } from "../state/filters.ts";
import { address } from "../state/url.ts";
import type { Scene } from "./scene.ts";

export function emptyList(scene: Scene, filters: FiltersInForce): TemplateResult {
  const { words, lang, state } = scene;
  const page = { ...state.page, view: "list" as const, id: null };
  const without = (name: FilterName) =>
    address({ ...page, filters: changed(page.filters, { [name]: null }) });
  const loose = filters.parts.filter((part) => part.removable && !isDate(part.name));
  const everything = changed(page.filters, { since: "all", until: null });
  return html`<div class="empty">
    <p>${words.list.none}</p>
    <p>${words.list.loosen}</p>
    <ul>
      ${
        page.filters.since === "all"
          ? nothing
          : html`<li><a class="button" href=${address({ ...page, filters: everything })}>${words.list.wider}</a></li>`
      }
      ${loose.map(
        (part) =>
          html`<li>
            <a class="button" href=${without(part.name as FilterName)}
              ><s>${part[lang]}</s><span class="visually-hidden">${words.list.remove}</span></a
            >
          </li>`,
      )}
    </ul>
  </div>`;
}

function isDate(name: string): boolean {
  return name === "since" || name === "until";
}
