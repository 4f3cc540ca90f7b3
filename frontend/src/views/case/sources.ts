/** Where a case was found, and the contact details that may be public. */
import { html, nothing, type TemplateResult } from "lit-html";
import type { CaseDocument, Source } from "../../api/types.ts";
import { formatDay, label, tidy } from "../../i18n/format.ts";
import type { Scene } from "../scene.ts";

export function sources(scene: Scene, item: CaseDocument): TemplateResult {
  const { words } = scene;
  return html`<section class="sources" aria-labelledby="sources">
    <h2 id="sources">${words.case.sources}</h2>
    ${
      item.sources.length > 0
        ? html`<ol>${item.sources.map((source) => entry(scene, source))}</ol>`
        : html`<p class="missing">${words.case.noSources}</p>`
    }
  </section>`;
}

function entry({ words, lang }: Scene, source: Source): TemplateResult {
  const { platform, posted_on: posted, url, still_live: live, archived } = source;
  return html`<li data-live=${live ?? "unknown"}>
    <strong>${platform ? label(platform, lang) : words.case.sourceUnknown}</strong>
    ${posted ? html`<span class="posted">${words.case.posted(formatDay(posted, lang))}</span>` : nothing}
    ${url ? link(url) : nothing}
    ${live === false ? html`<span class="removed">${words.case.removed}</span>` : nothing}
    ${live === true ? html`<span class="live">${words.case.live}</span>` : nothing}
    ${
      archived
        ? html`<span class="archived">${words.case.archived}<code>${archived}</code></span>`
        : nothing
    }
  </li>`;
}

/** A web address as a link that says where it leads; anything else as the words it is. */
function link(url: string): TemplateResult {
  const target = webAddress(url);
  if (target === null) return html`<bdi class="inert" translate="no">${tidy(url)}</bdi>`;
  return html`<a href=${target.href} rel="noreferrer noopener nofollow external" translate="no"
    ><bdi>${target.host}</bdi></a
  >`;
}

export function webAddress(text: string): URL | null {
  try {
    const url = new URL(text);
    return url.protocol === "https:" || url.protocol === "http:" ? url : null;
  } catch {
    return null;
  }
}

export function contacts({ words }: Scene, item: CaseDocument): TemplateResult | typeof nothing {
  if (item.contacts.length === 0) return nothing;
  const { contacts: heading, contactsNote, channel: before } = words.case;
  const channels: Readonly<Record<string, string>> = words.case.channels;
  return html`<section class="contacts" aria-labelledby="contacts">
    <h2 id="contacts">${heading}</h2>
    <ul>
      ${item.contacts.map(
        ({ channel, value }) =>
          html`<li>
            ${before(channels[channel] ?? tidy(channel))}<bdi translate="no">${tidy(value)}</bdi>
          </li>`,
      )}
    </ul>
    <p class="note">${contactsNote}</p>
  </section>`;
}
