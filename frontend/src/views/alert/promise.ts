/** What the site promises and what it does not, beside the form, with the lines that help at once. */
import { html, type TemplateResult } from "lit-html";
import { type AlertScene, named } from "./scene.ts";

/** The public lines of mainland China; the plain page has the same. */
const LINES = ["12333", "12351", "12348", "110", "120"] as const;

export function promise({ words, terms }: AlertScene): TemplateResult {
  const { promise: said } = words;
  return html`<aside class="promise" aria-labelledby="alert-promise">
    <h3 id="alert-promise">${said.heading}</h3>
    <ul>
      ${[said.reads, said.public, said.record, named(said.kept, { ...terms })].map(
        (line) => html`<li>${line}</li>`,
      )}
    </ul>
    <p>${said.limits}</p>
    <ul>
      ${[said.watcher, said.phone, said.story, said.rescue].map((line) => html`<li>${line}</li>`)}
    </ul>
    <h3>${words.lines}</h3>
    <dl class="lines">
      ${LINES.map(
        (line) => html`<dt><a href=${`tel:${line}`}>${line}</a></dt>
          <dd>${words.window.lines[line]}</dd>`,
      )}
    </dl>
  </aside>`;
}
