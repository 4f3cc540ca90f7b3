/** The public revisions of a case: which day, what changed, and the reason that was given. */
import { html, nothing, type TemplateResult } from "lit-html";
import { formatDay } from "../../i18n/format.ts";
import { type CaseScene, either, section } from "./case_view.ts";
import { failure, foreign, waiting } from "./parts.ts";

export function history(scene: CaseScene): TemplateResult | typeof nothing {
  const { desk, words, lang, editing } = scene;
  const { id } = editing;
  if (id === null || !desk.may("GET /staff/cases/{id}/history")) return nothing;
  const asked = editing.around.history;
  const names: Readonly<Record<string, string>> = words.members;
  return section(
    "history",
    words.editor.sections.history,
    html`${failure(desk, asked, () => editing.around.readHistory(id))} ${waiting(desk, asked)}
      ${asked.data?.length === 0 ? html`<p class="hint">${words.history.none}</p>` : nothing}
      <ol class="history">
        ${asked.data?.map((one) => {
          const reason = one.reason && either(one.reason, lang);
          return html`<li>
            <strong>${words.history.revision(String(one.revision))}</strong>
            ${formatDay(one.day, lang)} ${reason ? foreign(reason) : nothing}
            <span class="hint">${one.fields.map((name) => names[name] ?? name).join(", ")}</span>
          </li>`;
        })}
      </ol>`,
  );
}
