/** Quiet lines above the list: what was left out of an address, and a server that does not answer. */
import { html, nothing, type TemplateResult } from "lit-html";
import type { Remote } from "../state/store.ts";
import type { Scene } from "./scene.ts";

export function ignoredLine(scene: Scene): TemplateResult | typeof nothing {
  const { state, words, lang } = scene;
  const { ignored, cutKeyword, options } = state;
  if (ignored.length === 0 && !cutKeyword) return nothing;
  const labels = new Map(options.data?.filters.map((filter) => [filter.name, filter.label[lang]]));
  // Parameters of the old map stand under their own names, as the reader's address has them.
  const own = (name: string) => (name === "unknown" ? words.shell.unknownParameter : name);
  const names = ignored.map((name) => labels.get(name) ?? own(name));
  const separator = lang === "zh" ? "、" : ", ";
  return html`<p class="ignored" role="status" data-ignored>
    ${ignored.length > 0 ? words.shell.ignored(names.join(separator)) : nothing}
    ${cutKeyword ? words.shell.cutKeyword : nothing}
  </p>`;
}

/** Says that something asked for did not come, and offers to ask again. */
export function failureLine(
  scene: Scene,
  remote: Remote<unknown>,
): TemplateResult | typeof nothing {
  if (remote.status !== "failed") return nothing;
  const { words, act } = scene;
  const busy = remote.failure !== null && remote.failure.status > 0;
  const last = remote.data !== null;
  const text = !last ? words.shell.slowEmpty : busy ? words.shell.busy : words.shell.slow;
  return html`<p class="failure" role="status" data-failure>
    ${text} <button type="button" class="button" @click=${() => act.retry()}>${words.shell.retry}</button>
  </p>`;
}
