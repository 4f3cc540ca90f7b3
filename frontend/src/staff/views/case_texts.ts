/**
 * Title, text and company in both languages, side by side: what is missing is marked, and likely
 * personal data is marked in the text itself and masked at a press.
 */
import { html, nothing, type TemplateResult } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { type Lang, langTag, tidy } from "../../i18n/format.ts";
import { gaps } from "../state/case_fields.ts";
import { pieces, textOf } from "../state/case_marks.ts";
import { type CaseScene, LANGS } from "./case_view.ts";

type Name = "title" | "text" | "company";

export function texts(scene: CaseScene, names: readonly Name[]): TemplateResult {
  const missing = gaps(scene.fields);
  return html`${names.map(
    (name) => html`<div class="bilingual" role="group" aria-label=${scene.words.members[name]}>
      ${LANGS.map((lang) => one(scene, name, lang, missing.includes(`${name}.${lang}`)))}
    </div>`,
  )}`;
}

function one(scene: CaseScene, name: Name, lang: Lang, missing: boolean): TemplateResult {
  const { words, editing, fields, fixed } = scene;
  const path = `${name}.${lang}`;
  const text = textOf(fields, path);
  const marks = editing.marking.of(path, text);
  const id = `case-${name}-${lang}`;
  return html`<div class="side" data-text=${path} data-missing=${missing ? "" : nothing}>
    <label for=${id}
      >${words.fields.language(words.members[name], words.langs[lang])}
      ${missing ? html`<span class="gap">${words.fields.missing}</span>` : nothing}</label
    >
    <div class="marked" data-name=${name}>
      <div class="mirror" aria-hidden="true" lang=${langTag(lang)}>${pieces(text, marks).map(
        ({ text: piece, mark }) =>
          mark === null ? piece : html`<mark data-kind=${mark.kind}>${piece}</mark>`,
      )}${"\n"}</div>
      <textarea
        id=${id}
        rows="1"
        lang=${langTag(lang)}
        dir="auto"
        spellcheck=${lang === "en" ? "true" : "false"}
        autocomplete="off"
        aria-describedby=${marks.length > 0 ? `${id}-marks` : nothing}
        ?disabled=${fixed}
        .value=${live(text)}
        @input=${(event: Event) => editing.type(path, (event.target as HTMLTextAreaElement).value)}
      ></textarea>
    </div>
    ${marks.length === 0 ? nothing : found(scene, path, `${id}-marks`)} ${hidden(scene, path, text)}
  </div>`;
}

/** What was found, as buttons; the text itself shows where. */
function found(scene: CaseScene, path: string, id: string): TemplateResult {
  const { words, editing, fields, fixed } = scene;
  const text = textOf(fields, path);
  const marks = editing.marking.of(path, text);
  const kinds: Readonly<Record<string, string>> = words.marks.kinds;
  return html`<div class="found" id=${id}>
    <p>${words.marks.found(String(marks.length))}</p>
    <ul class="tags">
      ${marks.map(
        (mark, at) => html`<li>
          <button
            type="button"
            data-mask=${path}
            ?disabled=${fixed}
            @click=${() => editing.mask(path, at)}
          >
            <mark data-kind=${mark.kind}>${tidy(text.slice(mark.start, mark.end))}</mark>
            <span>${kinds[mark.kind] ?? mark.kind}</span> <b>${words.marks.mask}</b>
          </button>
        </li>`,
      )}
      ${
        marks.length < 2
          ? nothing
          : html`<li>
              <button
                type="button"
                data-mask-all=${path}
                ?disabled=${fixed}
                @click=${() => editing.mask(path, null)}
              >
                <b>${words.marks.maskAll}</b>
              </button>
            </li>`
      }
    </ul>
  </div>`;
}

/** Characters that turn or hide what follows could make a text look like another one. */
function hidden(scene: CaseScene, path: string, text: string): TemplateResult | typeof nothing {
  const { words, editing, fixed } = scene;
  if (tidy(text) === text) return nothing;
  return html`<p class="found">
    ${words.marks.hidden}
    <button type="button" ?disabled=${fixed} @click=${() => editing.type(path, tidy(text))}>
      ${words.marks.removeHidden}
    </button>
  </p>`;
}
