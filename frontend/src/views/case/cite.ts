/** Cite in three forms, copy the link, print. */
import { html, type TemplateResult } from "lit-html";
import type { CaseDocument } from "../../api/types.ts";
import { either, type Lang, langTag, tidy } from "../../i18n/format.ts";
import { absolute, address } from "../../state/url.ts";
import { copyButton } from "../dialogs/copy.ts";
import type { Scene } from "../scene.ts";

export function cite(scene: Scene, item: CaseDocument): TemplateResult {
  const { words, lang } = scene;
  const { cite: heading, citeStyles: names, link: linkName, print } = words.case;
  const copy = (from: string, name: string) => copyButton(words.dialogs, from, name);
  const said = (which: Lang) => html`<dt>${names[which]}</dt>
    <dd lang=${langTag(which)} translate="no">
      <bdi id="cite-${which}">${tidy(item.cite[which] ?? "")}</bdi>
    </dd>
    <dd class="copying">${copy(`cite-${which}`, names[which])}</dd>`;
  const link = canonical(item.id);
  return html`<details class="cite">
      <summary>${heading}</summary>
      <dl>
        ${said("zh")} ${said("en")}
        <dt>${names.bibtex}</dt>
        <dd translate="no"><pre><code id="cite-bibtex">${bibtex(item, link, lang)}</code></pre></dd>
        <dd class="copying">${copy("cite-bibtex", names.bibtex)}</dd>
      </dl>
    </details>
    <p class="citation" translate="no">${tidy(item.cite[lang] ?? "")}</p>
    <p class="case-tools">
      <span>${linkName} <code id="case-link">${link}</code></span>
      ${copy("case-link", linkName)}
      <button type="button" class="print" @click=${() => window.print()}>${print}</button>
    </p>`;
}

/** The address under which the case stays, without the filters it was opened from. */
function canonical(id: string): string {
  const bare = { filters: {}, sort: "-date", lang: null, show: "list", at: null } as const;
  return absolute(address({ view: "case", id, ...bare }));
}

/** The citation for reference managers. It names the cited address, whichever host is open. */
export function bibtex(item: CaseDocument, link: string, lang: Lang): string {
  const url = /https?:\/\/\S+$/.exec(item.cite.en ?? "")?.[0] ?? link;
  const title = either(item.title, lang)?.text ?? item.id;
  // Braces would open a group, and a backslash a command, in whatever reads this.
  const plain = title.replace(/[{}\\\n]/g, " ");
  return [
    `@misc{qiuzhu-${item.id}-${item.revision},`,
    `  title = {${plain}},`,
    "  author = {{Qiuzhu}},",
    `  year = {${item.updated.slice(0, 4)}},`,
    `  note = {Case ${item.id}, revision ${item.revision}, ${item.updated}},`,
    `  url = {${url}}`,
    "}",
  ].join("\n");
}
