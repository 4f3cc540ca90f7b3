/** The closed terms of a case, those of its map only, and the words that none of them matches. */
import { html, nothing, type TemplateResult } from "lit-html";
import { live } from "lit-html/directives/live.js";
import type { Term } from "../api/case_types.ts";
import type { Reference } from "../state/case_reference.ts";
import { type CaseScene, section, select } from "./case_view.ts";
import { foreign } from "./parts.ts";

type Many = "issues" | "actions" | "responses";
type One = "industry" | "ownership" | "accident_type";
const KIND = { issues: "issue", actions: "action", responses: "response" } as const;

export function terms(scene: CaseScene): TemplateResult {
  const { words, fields } = scene;
  const { map } = fields;
  return section(
    "terms",
    words.editor.sections.terms,
    html`<div class="fields">
        ${one(scene, "industry")}
        ${map === "strikes" || fields.ownership ? one(scene, "ownership") : nothing}
        ${map === "accidents" || fields.accident_type ? one(scene, "accident_type") : nothing}
      </div>
      ${(["issues", "actions", "responses"] as const).map((name) => many(scene, name))}
      ${stated(scene)}`,
  );
}

/** As options of a select, children after their parent. */
export function termOptions(
  reference: Reference,
  kind: string,
  map: string | null,
  lang: "zh" | "en",
): (readonly [string, string])[] {
  const offered = reference.terms(kind, map);
  const codes = new Set(offered.map(({ code }) => code));
  const below = (parent: string | null, depth: number): (readonly [string, string])[] =>
    offered
      .filter((term) => (codes.has(term.parent ?? "") ? term.parent : null) === parent)
      .flatMap((term) => [
        [term.code, `${"\u2003".repeat(depth)}${term[lang]}`] as const,
        ...below(term.code, depth + 1),
      ]);
  return below(null, 0);
}

function one(scene: CaseScene, name: One): TemplateResult {
  const { words, fields, fixed, editing, reference, lang } = scene;
  const value = fields[name] ?? "";
  const offered = termOptions(reference, name, fields.map, lang);
  // What another map offers stays in sight until it is changed.
  const foreignCode = value !== "" && !offered.some(([code]) => code === value);
  return select({
    label: words.members[name],
    name,
    value,
    options: [
      ["", words.unknown],
      ...(foreignCode ? [[value, reference.term(name, value)[lang]] as const] : []),
      ...offered,
    ],
    fixed,
    changed: (code) => editing.change({ [name]: code || null }),
  });
}

function many(scene: CaseScene, name: Many): TemplateResult | typeof nothing {
  const { words, fields, fixed, editing, reference, lang } = scene;
  const kind = KIND[name];
  const chosen = fields[name];
  const offered: readonly Term[] = reference.terms(kind, fields.map);
  const others = chosen.filter((code) => !offered.some((term) => term.code === code));
  if (offered.length === 0 && chosen.length === 0) return nothing;
  const all = [...offered, ...others.map((code) => reference.term(kind, code))];
  const toggle = (code: string, on: boolean) =>
    editing.change({ [name]: on ? [...chosen, code] : chosen.filter((held) => held !== code) });
  return html`<details class="many" data-many=${name}>
    <summary>
      <b>${words.members[name]}</b>
      <span
        >${chosen.map((code) => reference.term(kind, code)[lang]).join(lang === "zh" ? "、" : ", ") || words.none}</span
      >
    </summary>
    <div class="ticks">
      ${all.map(
        (term) => html`<label class="tick">
          <input
            type="checkbox"
            value=${term.code}
            ?disabled=${fixed}
            .checked=${live(chosen.includes(term.code))}
            @change=${(event: Event) => toggle(term.code, (event.target as HTMLInputElement).checked)}
          />
          <span>${term[lang]}</span>
        </label>`,
      )}
    </div>
  </details>`;
}

function stated({ words, fields, fixed, editing }: CaseScene): TemplateResult | typeof nothing {
  const kinds = Object.entries(fields.stated).filter(([, said]) => said.length > 0);
  if (kinds.length === 0) return nothing;
  const names: Readonly<Record<string, string>> = { ...words.terms.kinds, ...words.members };
  const remove = (kind: string, word: string) => {
    const left = (fields.stated[kind] ?? []).filter((one) => one !== word);
    const { [kind]: _, ...others } = fields.stated;
    editing.change({ stated: left.length > 0 ? { ...others, [kind]: left } : others });
  };
  return html`<div class="stated" role="group" aria-label=${words.members.stated}>
    <h3>${words.members.stated}</h3>
    <p class="hint">${words.fields.statedNote}</p>
    <ul class="tags">
      ${kinds.flatMap(([kind, said]) =>
        said.map(
          (word) => html`<li class="tag">
            ${names[kind] ?? kind}: ${foreign(word)}
            ${
              fixed
                ? nothing
                : html`<button
                    type="button"
                    class="quiet"
                    aria-label=${`${words.remove}: ${word}`}
                    @click=${() => remove(kind, word)}
                  >
                    ×
                  </button>`
            }
          </li>`,
        ),
      )}
    </ul>
  </div>`;
}
