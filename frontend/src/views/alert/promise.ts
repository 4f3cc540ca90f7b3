/** What the site promises and what it does not, beside the form, and the lines that help at once. */
import { html, type TemplateResult } from "lit-html";
import { type AlertScene, named } from "./scene.ts";

/** From this width on it stands beside the form and is open; alert_window.css has the same. */
const WIDE = "(min-width: 1000px)";
/** The public lines of mainland China; the plain page has the same. */
const LINES = ["12333", "12351", "12348", "110", "120"] as const;

export function promise({ words, terms }: AlertScene): TemplateResult {
  const { promise: said } = words;
  return html`<details class="promise" ?open=${matchMedia(WIDE).matches}>
    <summary>${said.heading}</summary>
    <ul>
      ${[said.reads, said.public, said.record, named(said.kept, { ...terms })].map(
        (line) => html`<li>${line}</li>`,
      )}
    </ul>
    <p>${said.limits}</p>
    <ul>
      ${[said.watcher, said.phone, said.story, said.rescue].map((line) => html`<li>${line}</li>`)}
    </ul>
  </details>`;
}

export function lines({ words }: AlertScene): TemplateResult {
  return html`<section class="alert-lines" aria-labelledby="alert-lines">
    <h3 id="alert-lines">${words.lines}</h3>
    <dl class="lines">
      ${LINES.map(
        (line) => html`<dt><a href=${`tel:${line}`}>${line}</a></dt>
          <dd>${words.window.lines[line]}</dd>`,
      )}
    </dl>
  </section>`;
}
