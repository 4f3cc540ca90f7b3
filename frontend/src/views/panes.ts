/** On phones, at the lower edge: list, map and graphs, one tap apart. */
import { html, nothing, type TemplateResult } from "lit-html";
import { address } from "../state/url.ts";
import type { Scene } from "./scene.ts";

export function panes(scene: Scene): TemplateResult | typeof nothing {
  const { state, words, act } = scene;
  const { page } = state;
  if (page.view === "case") return nothing;
  const list = page.view === "list";
  const pane = (show: "list" | "map", text: string) => html`<button
    type="button"
    data-show=${show}
    aria-pressed=${list && page.show === show}
    @click=${() => act.show(show)}
  >
    ${text}
  </button>`;
  return html`<nav class="panes" aria-label=${words.shell.panes}>
    ${pane("list", words.shell.list)} ${pane("map", words.shell.map)}
    <a
      href=${address({ ...page, view: "graphs" })}
      aria-current=${page.view === "graphs" ? "page" : nothing}
      >${words.shell.graphs}</a
    >
  </nav>`;
}
