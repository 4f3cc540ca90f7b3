/** Two people edited at once: what the other one changed, beside what is typed; nothing is lost. */
import { html, nothing, type TemplateResult } from "lit-html";
import { tidy } from "../../i18n/format.ts";
import type { CaseFields, Member } from "../api/case_types.ts";
import type { CaseScene } from "./case_view.ts";

const TERMS = {
  industry: "industry",
  issues: "issue",
  actions: "action",
  responses: "response",
  ownership: "ownership",
  accident_type: "accident_type",
} as const;

export function conflict(scene: CaseScene): TemplateResult | typeof nothing {
  const { words, editing, fields } = scene;
  const held = editing.conflict;
  if (held === null) return nothing;
  const said = words.conflict;
  return html`<section class="conflict" role="alert" data-conflict>
    <h2>${said.heading}</h2>
    <p>${said.note}</p>
    ${
      held.theirs.length === 0
        ? nothing
        : html`<h3>${said.theirs}</h3>
            <dl>
              ${held.theirs.map(
                (name) => html`<dt>${words.members[name]}</dt>
                  <dd>
                    <del>${shown(scene, name, held.before)}</del>
                    <ins>${shown(scene, name, held.current)}</ins>
                  </dd>`,
              )}
            </dl>`
    }
    ${
      held.both.length === 0
        ? html`<p><strong>${said.done}</strong></p>`
        : html`<h3>${said.both}</h3>
            ${held.both.map(
              (name) => html`<div class="versions" data-both=${name}>
                <h4>${words.members[name]}</h4>
                <div>
                  <b>${said.their}</b>
                  <p class="whole">${shown(scene, name, held.current)}</p>
                  <button type="button" data-take=${name} @click=${() => editing.settle(name, true)}>
                    ${said.take}
                  </button>
                </div>
                <div>
                  <b>${said.mine}</b>
                  <p class="whole">${shown(scene, name, fields)}</p>
                  <button type="button" data-keep=${name} @click=${() => editing.settle(name, false)}>
                    ${said.keep}
                  </button>
                </div>
              </div>`,
            )}`
    }
  </section>`;
}

/** A member as a person reads it. */
function shown({ words, reference, lang }: CaseScene, name: Member, of: CaseFields): string {
  const value = of[name];
  if (value === null) return words.none;
  if (name === "place") return reference.place(String(value), lang);
  if (name === "map") return words.maps[of.map];
  if (name === "shown") return words.fields.shown[of.shown];
  if (name in TERMS) {
    const kind = TERMS[name as keyof typeof TERMS];
    const codes = Array.isArray(value) ? (value as readonly string[]) : [String(value)];
    return codes.map((code) => reference.term(kind, code)[lang]).join(", ") || words.none;
  }
  return tidy(lines(value).join("\n")) || words.none;
}

function lines(value: unknown): string[] {
  if (value === null || value === "") return [];
  if (Array.isArray(value)) return value.map((one) => lines(one).join(" · "));
  if (typeof value === "object") return Object.values(value).flatMap(lines);
  return [String(value)];
}
