/** Subscribing: the present view as a feed. */
import { html, nothing, type TemplateResult } from "lit-html";
import type { Scene } from "../scene.ts";
import { feedAddress } from "./addresses.ts";
import { copyButton } from "./copy.ts";

const FEEDS = ["atom", "json"] as const;

export function subscribeBody(scene: Scene): TemplateResult {
  const { state, words, lang } = scene;
  const { filters } = state.page;
  const dated = filters.since !== undefined && filters.since !== "all";
  return html`<p>${words.dialogs.subscribeLead}</p>
    ${FEEDS.map((feed) => {
      const name = words.dialogs.feeds[feed];
      const id = `feed-${feed}`;
      return html`<div class="address">
        <label for=${id}>${name}</label>
        <input
          id=${id}
          type="text"
          readonly
          spellcheck="false"
          data-feed=${feed}
          .value=${feedAddress(feed, filters, lang)}
          @focus=${(event: Event) => (event.target as HTMLInputElement).select()}
        />
        ${copyButton(words.dialogs, id, words.dialogs.address(name))}
      </div>`;
    })}
    <p class="note">
      ${dated || filters.until ? words.dialogs.subscribeFrom : words.dialogs.subscribeWhole}
      ${filters.until ? words.dialogs.subscribeUntil : nothing}
    </p>`;
}
