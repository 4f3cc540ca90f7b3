/** Where a case was found. An address is text: it is copied, never followed. */
import { html, nothing, type TemplateResult } from "lit-html";
import type { Source } from "../api/case_types.ts";
import { emptySource } from "../state/case_fields.ts";
import { termOptions } from "./case_terms.ts";
import { type CaseScene, input, section, select } from "./case_view.ts";
import { copied } from "./parts.ts";

export function sources(scene: CaseScene): TemplateResult {
  const { words, fields, fixed, editing } = scene;
  const add = () => editing.change({ sources: [...fields.sources, emptySource()] });
  return section(
    "sources",
    words.editor.sections.sources,
    html`<p class="hint">${words.sources.urlNote}</p>
      ${fields.sources.map((source, at) => one(scene, source, at))}
      ${
        fixed
          ? nothing
          : html`<button type="button" data-add="source" @click=${add}>${words.sources.add}</button>`
      }`,
  );
}

function one(scene: CaseScene, source: Source, at: number): TemplateResult {
  const { desk, words, fields, fixed, editing, reference, lang } = scene;
  const said = words.sources;
  const set = (changes: Partial<Source>) =>
    editing.change({
      sources: fields.sources.map((held, other) => (other === at ? { ...held, ...changes } : held)),
    });
  const remove = () =>
    editing.change({ sources: fields.sources.filter((_, other) => other !== at) });
  const live = source.still_live === null ? "" : String(source.still_live);
  return html`<fieldset class="repeated" data-source=${at}>
    <legend>${said.one(String(at + 1))}</legend>
    ${input({ label: said.url, name: "url", value: source.url, fixed, changed: (url) => set({ url }) })}
    ${source.url ? html`<p class="address">${copied(desk, source.url, said.url)}</p>` : nothing}
    <div class="fields">
      ${select({
        label: said.platform,
        name: "platform",
        value: source.platform ?? "",
        options: [["", words.unknown], ...termOptions(reference, "platform", null, lang)],
        fixed,
        changed: (code) => set({ platform: code || null }),
      })}
      ${input({ label: said.posted, name: "posted_on", type: "date", value: source.posted_on, fixed, changed: (posted_on) => set({ posted_on }) })}
      ${select({
        label: said.live,
        name: "still_live",
        value: live,
        options: (["", "true", "false"] as const).map(
          (value) => [value, said.lives[value]] as const,
        ),
        fixed,
        changed: (value) => set({ still_live: value === "" ? null : value === "true" }),
      })}
      ${input({ label: said.archived, name: "archived", value: source.archived, fixed, changed: (archived) => set({ archived }) })}
    </div>
    ${
      fixed
        ? nothing
        : html`<button type="button" class="quiet" @click=${remove}>${said.remove(String(at + 1))}</button>`
    }
  </fieldset>`;
}
