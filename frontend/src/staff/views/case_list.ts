/** The desk's cases as rows: what each is called, its state, and what must not be overlooked. */
import { html, nothing, type TemplateResult } from "lit-html";
import type { CaseWords } from "../../i18n/desk_cases.ts";
import type { Item } from "../api/case_types.ts";
import type { Listing } from "../state/case_listing.ts";
import type { Reference } from "../state/case_reference.ts";
import type { Desk } from "../state/desk.ts";
import { filters } from "./case_filters.ts";
import { badges, dayOf, either, titleOf } from "./case_view.ts";
import { count, failure, foreign, head, more, waiting } from "./parts.ts";

export function caseList(
  desk: Desk,
  listing: Listing,
  reference: Reference | null,
  words: CaseWords,
): TemplateResult {
  const { list, items } = listing;
  const make = desk.may("POST /staff/cases")
    ? html`<a class="button primary" data-new href=${desk.href({ room: "cases", id: "new" })}
        >${words.list.make}</a
      >`
    : nothing;
  return html`${head(words.list.heading, make)} ${reference === null ? nothing : filters(desk, listing, reference, words)}
    ${failure(desk, list, () => void listing.show(desk.state.page.query, true))} ${waiting(desk, list)}
    ${list.data === null ? nothing : count(desk, list.data.total, words.list.total)}
    ${list.data?.total === 0 ? html`<p>${words.list.none}</p>` : nothing}
    <ul class="lines cases" aria-busy=${list.status === "loading"}>
      ${items.map((item) => html`<li>${row(desk, item, words)}</li>`)}
    </ul>
    ${list.data === null ? nothing : more(desk, { next: listing.next }, () => void listing.more())}`;
}

function row(desk: Desk, item: Item, words: CaseWords): TemplateResult {
  const { lang } = desk;
  const company = either(item.company, lang);
  const place = item.region ? item.region[lang] : words.noPlace;
  return html`<div>
      <a data-row=${item.id} href=${desk.href({ room: "cases", id: item.id })}
        >${titleOf(item, words, lang)}</a
      >
      <span class="hint"
        >${dayOf(item, lang)} · ${place}${company === null ? nothing : html` · ${foreign(company)}`} ·
        ${words.maps[item.map as keyof CaseWords["maps"]]}</span
      >
    </div>
    ${badges(item, item.missing, words)}`;
}
