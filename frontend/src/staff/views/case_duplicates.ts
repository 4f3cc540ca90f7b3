/** Cases that may be the same, with what speaks for it; two of them become one, which the other leads to. */
import { html, nothing, type TemplateResult } from "lit-html";
import type { Duplicate } from "../api/case_types.ts";
import { badges, type CaseScene, dayOf, either, section, titleOf } from "./case_view.ts";
import { failure, foreign, waiting } from "./parts.ts";

export function duplicates(scene: CaseScene): TemplateResult | typeof nothing {
  const { desk, words, editing } = scene;
  const { id } = editing;
  if (id === null || !desk.may("GET /staff/cases/{id}/duplicates")) return nothing;
  const asked = editing.around.duplicates;
  const found = asked.data;
  return section(
    "duplicates",
    words.editor.sections.duplicates,
    html`${failure(desk, asked, () => editing.around.readDuplicates(id))} ${waiting(desk, asked)}
    ${found?.length === 0 ? html`<p class="hint">${words.duplicates.none}</p>` : nothing}
    <ul class="duplicates">
      ${found?.map((one) => html`<li data-duplicate=${one.case.id}>${row(scene, one)}</li>`)}
    </ul>`,
  );
}

function row(scene: CaseScene, one: Duplicate): TemplateResult {
  const { desk, words, lang, editing } = scene;
  const said = words.duplicates;
  const { case: other } = one;
  const place = other.region ? other.region[lang] : words.noPlace;
  const excerpt = either(one.excerpt, lang);
  const withdrawn = other.state === "withdrawn" || editing.held?.state === "withdrawn";
  return html`<p>
      <strong>${said.score(String(Math.round(one.score * 100)))}</strong>
      <a href=${desk.href({ room: "cases", id: other.id })}>${titleOf(other, words, lang)}</a>
    </p>
    <p class="hint">${dayOf(other, lang)} · ${place}</p>
    <ul class="tags">
      ${one.same.map((name) => html`<li class="tag same">${said.same[name]}</li>`)}
      ${one.repeat ? html`<li class="tag strong">${said.repeat}</li>` : nothing}
    </ul>
    ${badges(other, other.missing, words)}
    ${excerpt === null ? nothing : html`<p class="excerpt">${foreign(excerpt)}</p>`}
    ${withdrawn || !desk.may("POST /staff/cases/{id}/merge") ? nothing : merging(scene, one)}`;
}

function merging({ desk, words, editing }: CaseScene, { case: other }: Duplicate): TemplateResult {
  const said = words.duplicates;
  if (editing.dirty) return html`<p class="hint">${said.saveFirst}</p>`;
  const merge = (keep: "this" | "other") => async () => {
    const kept = await editing.merge(other, keep);
    if (kept === null) return;
    desk.say(said.done);
    if (kept !== editing.id) desk.go({ room: "cases", id: kept });
    else editing.around.readDuplicates(kept);
  };
  return html`<details class="merge">
    <summary class="button">${said.merge}</summary>
    <p>${said.which}</p>
    <p class="acts">
      <button type="button" data-merge="this" ?disabled=${desk.busy} @click=${merge("this")}>
        ${said.keepThis}
      </button>
      <button type="button" data-merge="other" ?disabled=${desk.busy} @click=${merge("other")}>
        ${said.keepOther}
      </button>
    </p>
  </details>`;
}
