/** The present view in other people's programs. */
import { html, nothing, type TemplateResult } from "lit-html";
import type { Scene } from "../scene.ts";
import { linesAddress, listAddress } from "./addresses.ts";
import { copyButton } from "./copy.ts";
import { curl, python, r } from "./snippets.ts";

export function codeBody(scene: Scene): TemplateResult {
  const { state, words } = scene;
  const { filters } = state.page;
  const [list, lines] = [listAddress(filters), linesAddress(filters)];
  const pieces = { curl: curl(list, lines, words.dialogs), python: python(list), r: r(lines) };
  const moving = filters.since === undefined && filters.until === undefined;
  return html`<p>${words.dialogs.codeLead} ${moving ? words.dialogs.codeMoving : nothing}</p>
    ${(["curl", "python", "r"] as const).map((language) => {
      const [id, name] = [`code-${language}`, words.dialogs.languages[language]];
      return html`<section class="piece" aria-labelledby=${`${id}-name`}>
        <div class="piece-head">
          <h3 id=${`${id}-name`}>${name}</h3>
          ${copyButton(words.dialogs, id, name)}
        </div>
        <pre tabindex="0" role="group" aria-labelledby=${`${id}-name`}><code id=${id} translate="no">${pieces[language]}</code></pre>
      </section>`;
    })}
    <p><a href="/api/v1/docs">${words.dialogs.codeDocs}</a></p>`;
}
