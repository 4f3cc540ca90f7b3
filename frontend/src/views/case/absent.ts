/** A case that was withdrawn, and a number that no public case has. */
import { html, type TemplateResult } from "lit-html";
import type { Revisions, Tombstone } from "../../api/types.ts";
import { formatDay } from "../../i18n/format.ts";
import type { Scene } from "../scene.ts";
import { history } from "./history.ts";

/** Says when and why, and keeps the number. */
export function withdrawn(
  scene: Scene,
  gone: Tombstone,
  revisions: Revisions | null,
): TemplateResult {
  const { words, lang } = scene;
  const day = formatDay(gone.day, lang);
  return html`<article class="case-gone" data-case=${gone.id}>
    <h1>${words.case.withdrawn}</h1>
    <p>${words.case.withdrawnText(gone.id, day, gone.reason[lang])}</p>
    ${history(scene, revisions, null)}
  </article>`;
}

export function unknown({ words }: Scene, id: string): TemplateResult {
  return html`<article class="case-gone">
    <h1>${words.case.unknown}</h1>
    <p>${words.case.unknownText(id)}</p>
  </article>`;
}
