/** A case as it would be public, in both languages beside each other; its addresses stay text. */
import { html, nothing, type TemplateResult } from "lit-html";
import type { CaseDocument } from "../../api/types.ts";
import { caseWords } from "../../i18n/desk_cases.ts";
import {
  cutDay,
  formatDay,
  formatMoney,
  type Lang,
  langTag,
  pathLabel,
} from "../../i18n/format.ts";
import { type CaseScene, LANGS } from "./case_view.ts";
import { failure, foreign, waiting } from "./parts.ts";

export function preview(scene: CaseScene): TemplateResult {
  const { desk, editing, words } = scene;
  const asked = editing.around.preview;
  const again = () => editing.id !== null && editing.around.readPreview(editing.id);
  const held = asked.data as unknown as CaseDocument | null;
  return html`<p class="hint">${words.preview.note}</p>
    ${failure(desk, asked, again)} ${waiting(desk, asked)}
    ${
      held === null || asked.status !== "ready"
        ? nothing
        : html`<div class="preview">${LANGS.map((lang) => side(held, lang))}</div>`
    }`;
}

function side(held: CaseDocument, lang: Lang): TemplateResult {
  const words = caseWords(lang);
  const gap = html`<span class="gap">${words.badges.missing[lang]}</span>`;
  const text = (value: string | null | undefined) => (value ? foreign(value) : gap);
  const row = (label: string, value: unknown) =>
    value === null || value === "" ? nothing : html`<dt>${label}</dt><dd>${value}</dd>`;
  const codes = (list: readonly { zh: string; en: string }[] | null | undefined) =>
    (list ?? []).map((one) => one[lang]).join(lang === "zh" ? "、" : ", ");
  const said = words.members;
  return html`<article lang=${langTag(lang)}>
    <h3>${text(held.title[lang])}</h3>
    <p class="whole">${text(held.text[lang])}</p>
    <dl>
      ${row(said.date, formatDay(cutDay(held.date), lang))}
      ${row(said.place, held.region ? pathLabel(held.region, lang) : words.noPlace)}
      ${row(said.company, held.company[lang] ? foreign(held.company[lang]) : null)}
      ${row(said.industry, held.industry ? pathLabel(held.industry, lang) : null)}
      ${row(said.issues, codes(held.issues))} ${row(said.actions, codes(held.actions))}
      ${row(said.amount_owed, held.amount_owed == null ? null : formatMoney(held.amount_owed, lang))}
      ${row(said.months_owed, held.months_owed ?? null)} ${row(said.deaths, held.deaths ?? null)}
      ${row(said.injuries, held.injuries ?? null)}
      ${row(
        said.sources,
        held.sources.length === 0
          ? null
          : html`<ul>
              ${held.sources.map((source) => html`<li>${source.url ? foreign(source.url) : source.platform?.[lang]}</li>`)}
            </ul>`,
      )}
      ${row(
        said.replies,
        held.replies.length === 0
          ? null
          : html`<ul>
              ${held.replies.map(
                (reply) =>
                  html`<li>
                    ${reply.office[lang] ? foreign(reply.office[lang]) : nothing}
                    ${reply.text[lang] ? foreign(reply.text[lang]) : nothing}
                  </li>`,
              )}
            </ul>`,
      )}
      ${row(
        words.editor.sections.contacts,
        held.contacts.length === 0
          ? null
          : html`<ul>
              ${held.contacts.map(
                (contact) =>
                  html`<li>${Object.values(contact).map((part) => html`${foreign(String(part))} `)}</li>`,
              )}
            </ul>`,
      )}
    </dl>
  </article>`;
}
