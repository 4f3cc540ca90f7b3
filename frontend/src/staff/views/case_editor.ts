/** One case: what was said at the left, the case being made from it at the right, acts above both. */
import { html, nothing, type TemplateResult } from "lit-html";
import { acts, save, sheets } from "./case_acts.ts";
import { conflict } from "./case_conflict.ts";
import { contacts } from "./case_contacts.ts";
import { duplicates } from "./case_duplicates.ts";
import { history } from "./case_history.ts";
import { numbers } from "./case_numbers.ts";
import { replies } from "./case_replies.ts";
import { whatWasSaid } from "./case_said.ts";
import { sources } from "./case_sources.ts";
import { terms } from "./case_terms.ts";
import { texts } from "./case_texts.ts";
import { badges, type CaseScene, section, titleOf } from "./case_view.ts";
import { basic, where } from "./case_where.ts";

export function headingOf({ words, lang, editing, fields }: CaseScene): TemplateResult {
  return editing.id === null
    ? html`${words.editor.fresh}`
    : titleOf({ title: fields.title }, words, lang);
}

export function caseEditor(scene: CaseScene): TemplateResult {
  const { desk, words, editing, fixed } = scene;
  const { held } = editing;
  return html`<article class="editor" data-case=${editing.id ?? "new"} @keydown=${(event: KeyboardEvent) => pressed(scene, event)}>
    <p><a data-back href=${desk.href(desk.list("cases"))}>${words.editor.back}</a></p>
    ${held === null ? nothing : badges(held, held.missing, words)}
    <div class="editor-bar">${acts(scene)}</div>
    ${held?.state === "withdrawn" ? html`<p class="notice">${words.editor.gone}</p>` : nothing}
    ${fixed && held?.state !== "withdrawn" ? html`<p class="notice">${words.editor.readOnly}</p>` : nothing}
    ${conflict(scene)}
    <div class="sides">
      <div class="beside-case" tabindex="0" role="region" aria-label=${words.editor.said}>${whatWasSaid(scene)} ${duplicates(scene)} ${history(scene)}</div>
      <div class="of-case">
        <form
          aria-label=${words.editor.case}
          @submit=${(event: Event) => {
            event.preventDefault();
            if (editing.dirty) void save(scene);
          }}
        >
          ${basic(scene)}
          ${section("texts", words.editor.sections.texts, texts(scene, ["title", "text"]))}
          ${where(scene)} ${terms(scene)} ${numbers(scene)} ${sources(scene)} ${replies(scene)}
          ${notes(scene)}
        </form>
        ${contacts(scene)}
      </div>
    </div>
    ${sheets(scene)}
  </article>`;
}

/** Ctrl+S saves, with what is still being typed in a number or a day. */
function pressed(scene: CaseScene, event: KeyboardEvent): void {
  if (event.key !== "s" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  if (scene.fixed) return;
  const field = document.activeElement;
  if (field instanceof HTMLInputElement) field.blur();
  if (scene.editing.dirty) void save(scene);
  if (field instanceof HTMLInputElement) field.focus();
}

function notes({ words, fields, fixed, editing }: CaseScene): TemplateResult {
  return section(
    "notes",
    words.editor.sections.notes,
    html`<label class="field">
      <span class="hint">${words.fields.notes}</span>
      <textarea
        name="notes"
        rows="3"
        dir="auto"
        ?disabled=${fixed}
        .value=${fields.notes ?? ""}
        @input=${(event: Event) =>
          editing.change({ notes: (event.target as HTMLTextAreaElement).value || null })}
      ></textarea>
    </label>`,
  );
}
