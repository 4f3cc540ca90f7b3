/** Free texts: in the language of the page first, the other below it, and which one is missing. */
import { html, nothing, type TemplateResult } from "lit-html";
import type { CaseDocument, Text } from "../../api/types.ts";
import { either, type Lang, langTag, tidy } from "../../i18n/format.ts";
import type { Scene } from "../scene.ts";

export function otherLang(lang: Lang): Lang {
  return lang === "zh" ? "en" : "zh";
}

/** A free text on one line, marked where it is not in the language of the page. */
export function free(text: Text, lang: Lang): TemplateResult | typeof nothing {
  const written = either(text, lang);
  if (!written) return nothing;
  const foreign = written.lang === lang ? nothing : langTag(written.lang);
  return html`<bdi lang=${foreign}>${written.text}</bdi>`;
}

export function paragraphs(text: string): TemplateResult[] {
  const lines = tidy(text).split("\n");
  return lines.filter((line) => line.trim() !== "").map((line) => html`<p><bdi>${line}</bdi></p>`);
}

export function texts(scene: Scene, item: CaseDocument): TemplateResult {
  const { lang, words } = scene;
  const other = otherLang(lang);
  const own = item.text[lang];
  const twin = item.text[other];
  const missing = own ? (twin ? null : words.case.onlyHere) : words.case.onlyOther;
  return html`<section class="texts" aria-labelledby="text">
    <h2 id="text">${words.case.text}</h2>
    ${own || twin ? nothing : html`<p class="missing">${words.case.noText}</p>`}
    ${missing && (own || twin) ? html`<p class="missing">${missing}</p>` : nothing}
    ${own ? html`<div class="text">${paragraphs(own)}</div>` : nothing}
    ${own && twin ? html`<h3 class="in-other">${words.case.inOther}</h3>` : nothing}
    ${twin ? html`<div class="text" lang=${langTag(other)}>${otherText(item, lang, twin)}</div>` : nothing}
  </section>`;
}

/** Below a text of the page's language, the other one has its own title too. */
function otherText(item: CaseDocument, lang: Lang, text: string): TemplateResult {
  const title = item.title[lang] ? item.title[otherLang(lang)] : null;
  return html`${title ? html`<p class="title"><bdi>${tidy(title)}</bdi></p>` : nothing}
  ${paragraphs(text)}`;
}
