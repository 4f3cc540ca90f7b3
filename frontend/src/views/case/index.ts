/** The page of one case: its document, what is left of it, or that there is none. */
import { html, nothing, type TemplateResult } from "lit-html";
import { keyed } from "lit-html/directives/keyed.js";
import type { CaseDocument, Revisions } from "../../api/types.ts";
import type { Opened } from "../../state/store.ts";
import { address } from "../../state/url.ts";
import { failureLine } from "../notices.ts";
import type { Scene } from "../scene.ts";
import { unknown, withdrawn } from "./absent.ts";
import { cite } from "./cite.ts";
import { exchange } from "./exchange.ts";
import { facts, stated } from "./facts.ts";
import { header } from "./header.ts";
import { history } from "./history.ts";
import { likeThis } from "./links.ts";
import { contacts, sources } from "./sources.ts";
import { texts } from "./texts.ts";

export function casePage(scene: Scene): TemplateResult {
  const { page, opened } = scene.state;
  const held = opened.data?.id === page.id ? opened.data : null;
  const missing = held === null && opened.status === "failed" && opened.failure?.status === 404;
  const id = page.id ?? "";
  // Keyed: what was opened by hand on one case is not open on the next.
  return html`<main id="main" class="case" data-view="case" tabindex="-1">
    ${back(scene)} ${missing ? nothing : failureLine(scene, opened)}
    ${keyed(id, missing ? unknown(scene, id) : shown(scene, held))}
  </main>`;
}

function shown(scene: Scene, held: Opened | null): TemplateResult {
  if (held?.gone) return withdrawn(scene, held.gone, held.revisions);
  if (held?.document) return whole(scene, held.document, held.revisions);
  return preview(scene);
}

function whole(scene: Scene, item: CaseDocument, revisions: Revisions | null): TemplateResult {
  return html`<article class="case-full" data-case=${item.id}>
    ${header(scene, item)} ${texts(scene, item)} ${facts(scene, item)} ${stated(scene, item)}
    ${exchange(scene, item)} ${contacts(scene, item)} ${sources(scene, item)}
    ${history(scene, revisions, item)} ${cite(scene, item)}
    <p class="json"><a href="/api/v1/cases/${item.id}">${scene.words.case.json}</a></p>
    ${likeThis(scene, item)}
  </article>`;
}

/** While the case is on its way: what the list already told of it. */
function preview(scene: Scene): TemplateResult {
  const { state, words } = scene;
  const known = state.list.data?.items.find((item) => item.id === state.page.id);
  const waiting = state.opened.status !== "failed";
  return html`<article
    class="case-full"
    data-case=${known ? known.id : nothing}
    aria-busy=${waiting}
  >
    ${known ? header(scene, known) : html`<h1>${words.case.number(state.page.id ?? "")}</h1>`}
    ${waiting ? html`<p class="loading" role="status">${words.shell.loading}</p>` : nothing}
  </article>`;
}

/** Leads to the list it was opened from; within this page, back to the very place in it. */
function back(scene: Scene): TemplateResult {
  const { state, act, words } = scene;
  const close = (event: MouseEvent) => {
    const otherwise = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
    if (event.button !== 0 || otherwise) return;
    event.preventDefault();
    act.close();
  };
  const list = address({ ...state.page, view: "list", id: null });
  return html`<p class="back">
    <a class="button" href=${list} @click=${close}>${words.shell.backToList}</a>
  </p>`;
}
