/** The citable history of a case, the newest revision first. */
import { html, nothing, type TemplateResult } from "lit-html";
import type { CaseDocument, RevisionEntry, Revisions } from "../../api/types.ts";
import { either, formatDay, formatNumber } from "../../i18n/format.ts";
import type { Scene } from "../scene.ts";
import { free } from "./texts.ts";

type Entry = Pick<RevisionEntry, "revision" | "day" | "kind" | "fields" | "reason">;

export function history(
  scene: Scene,
  revisions: Revisions | null,
  item: CaseDocument | null,
): TemplateResult | typeof nothing {
  const entries: Entry[] = [...(revisions?.revisions ?? latest(item))];
  if (entries.length === 0) return nothing;
  entries.sort((a, b) => b.revision - a.revision);
  return html`<section class="history" aria-labelledby="history">
    <h2 id="history">${scene.words.case.history}</h2>
    <ol class="revisions" reversed>
      ${entries.map((entry) => line(scene, entry))}
    </ol>
  </section>`;
}

/** Where the history did not come, the document still tells which revision it is. */
function latest(item: CaseDocument | null): Entry[] {
  if (item === null) return [];
  const { revision, updated } = item;
  const kind = revision === 1 ? "published" : "changed";
  return [{ revision, day: updated, kind, fields: [], reason: null }];
}

function line({ words, lang }: Scene, entry: Entry): TemplateResult {
  const { separator, kinds } = words.case;
  const names: Readonly<Record<string, string>> = words.case.names;
  const fields = entry.fields.map((name) => names[name] ?? name).join(separator);
  const { reason } = entry;
  return html`<li data-revision=${entry.revision}>
    <strong>${words.case.revision(formatNumber(entry.revision, lang))}</strong>
    <time datetime=${entry.day}>${formatDay(entry.day, lang)}</time>
    ${kinds[entry.kind]}
    ${fields ? html`<span class="note">${words.case.changes(fields)}</span>` : nothing}
    ${reason && either(reason, lang) ? html`<span class="reason">${free(reason, lang)}</span>` : nothing}
  </li>`;
}
