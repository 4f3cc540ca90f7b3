/** Numbers by map: participants of strikes, casualties of accidents, what is owed in calls. */
import { html, nothing, type TemplateResult } from "lit-html";
import type { CaseFields } from "../api/case_types.ts";
import { type CaseScene, input, number, section } from "./case_view.ts";

const BY_MAP = {
  calls: ["amount_owed", "months_owed"],
  strikes: ["participants"],
  accidents: ["deaths", "injuries"],
} as const;
const ALL = ["participants", "deaths", "injuries", "amount_owed", "months_owed"] as const;

export function numbers(scene: CaseScene): TemplateResult {
  const { words, fields } = scene;
  const own: readonly string[] = BY_MAP[fields.map];
  // A number that the case has is never hidden because its map was changed.
  const shown = ALL.filter((name) => own.includes(name) || fields[name] !== null);
  return section(
    "numbers",
    words.editor.sections.numbers,
    html`${shown.map((name) => (name === "participants" ? participants(scene) : nothing))}
      <div class="fields">
        ${shown.map((name) => (name === "participants" ? nothing : plain(scene, name)))}
      </div>
      ${period(scene)}`,
  );
}

function plain(
  { words, fields, fixed, editing }: CaseScene,
  name: "deaths" | "injuries" | "amount_owed" | "months_owed",
): TemplateResult {
  return input({
    label: words.members[name],
    name,
    type: "number",
    value: fields[name],
    fixed,
    changed: (value) => editing.change({ [name]: number(value) }),
  });
}

function participants({ words, fields, fixed, editing }: CaseScene): TemplateResult {
  const held = fields.participants ?? { low: null, high: null, stated: null };
  const set = (changes: Partial<NonNullable<CaseFields["participants"]>>) => {
    const next = { ...held, ...changes };
    const empty = next.low === null && next.high === null && !next.stated;
    editing.change({ participants: empty ? null : next });
  };
  const said = words.fields;
  return html`<fieldset class="field">
    <legend>${words.members.participants}</legend>
    <div class="fields">
      ${input({ label: said.low, name: "low", type: "number", value: held.low, fixed, changed: (value) => set({ low: number(value) }) })}
      ${input({ label: said.high, name: "high", type: "number", value: held.high, fixed, changed: (value) => set({ high: number(value) }) })}
      ${input({ label: said.statedAs, name: "stated", value: held.stated, fixed, changed: (stated) => set({ stated }) })}
    </div>
  </fieldset>`;
}

function period({ words, fields, fixed, editing }: CaseScene): TemplateResult {
  const held = fields.period ?? { from: null, until: null };
  const set = (changes: Partial<typeof held>) => {
    const next = { ...held, ...changes };
    editing.change({ period: next.from === null && next.until === null ? null : next });
  };
  return html`<fieldset class="field">
    <legend>${words.members.period}</legend>
    <div class="fields">
      ${input({ label: words.fields.from, name: "period-from", type: "date", value: held.from, fixed, changed: (from) => set({ from }) })}
      ${input({ label: words.fields.until, name: "period-until", type: "date", value: held.until, fixed, changed: (until) => set({ until }) })}
    </div>
  </fieldset>`;
}
