/** From a case to lists of cases like it. */
import { html, nothing, type TemplateResult } from "lit-html";
import type { CaseDocument } from "../../api/types.ts";
import { either, label } from "../../i18n/format.ts";
import { type Filters, MAX_TEXT } from "../../state/filters.ts";
import { address } from "../../state/url.ts";
import type { Scene } from "../scene.ts";

/** The list of all cases of the same map for which this holds: this case is one of them. */
export function listOf(scene: Scene, item: CaseDocument, filters: Filters): string {
  const map = item.map === "calls" ? {} : { map: item.map };
  return address({
    ...scene.state.page,
    view: "list",
    id: null,
    sort: "-date",
    at: null,
    filters: { ...map, since: "all", ...filters },
  });
}

/** The few lists that a reader of this case most likely wants next. */
export function likeThis(scene: Scene, item: CaseDocument): TemplateResult | typeof nothing {
  const { words, lang } = scene;
  const { region, industry } = item;
  const issue = item.issues.find((one) => one.code !== "other");
  const company = either(item.company, lang);
  const links: [string, Filters][] = [];
  if (issue && region) {
    const text = words.case.likeIssueHere(label(issue, lang), label(region, lang));
    links.push([text, { issue: issue.code, region: region.code }]);
  }
  if (region) links.push([words.case.likePlace(label(region, lang)), { region: region.code }]);
  if (industry) {
    links.push([words.case.likeIndustry(label(industry, lang)), { industry: industry.code }]);
  }
  if (company) {
    const name = [...company.text].slice(0, MAX_TEXT).join("");
    links.push([words.case.likeCompany, { company: name }]);
  }
  if (links.length === 0) return nothing;
  return html`<nav class="like" aria-labelledby="like">
    <h2 id="like">${words.case.like}</h2>
    <ul>
      ${links.map(
        ([text, filters]) => html`<li><a href=${listOf(scene, item, filters)}>${text}</a></li>`,
      )}
    </ul>
  </nav>`;
}
