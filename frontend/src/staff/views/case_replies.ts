/** Official exchanges: which office, when, what it said, what it promised and what came of it. */
import { html, nothing, type TemplateResult } from "lit-html";
import type { Reply, Status } from "../api/case_types.ts";
import { emptyReply } from "../state/case_fields.ts";
import { type CaseScene, input, LANGS, section, select } from "./case_view.ts";

const STATUSES = ["待回复", "办理中", "已办理"] as const;
const LEVELS = ["", "national", "province", "prefecture", "county"] as const;

export function replies(scene: CaseScene): TemplateResult {
  const { words, fields, fixed, editing } = scene;
  const add = () => editing.change({ replies: [...fields.replies, emptyReply()] });
  return section(
    "replies",
    words.editor.sections.replies,
    html`${fields.replies.map((reply, at) => one(scene, reply, at))}
      ${
        fixed
          ? nothing
          : html`<button type="button" data-add="reply" @click=${add}>${words.replies.add}</button>`
      }`,
  );
}

function one(scene: CaseScene, reply: Reply, at: number): TemplateResult {
  const { words, fields, fixed, editing } = scene;
  const said = words.replies;
  const set = (changes: Partial<Reply>) =>
    editing.change({
      replies: fields.replies.map((held, other) => (other === at ? { ...held, ...changes } : held)),
    });
  const remove = () =>
    editing.change({ replies: fields.replies.filter((_, other) => other !== at) });
  const day = (name: "received_on" | "replied_on" | "promise_due_on", label: string) =>
    input({
      label,
      name,
      type: "date",
      value: reply[name],
      fixed,
      changed: (value) => set({ [name]: value }),
    });
  const pair = (name: "office" | "text" | "outcome") =>
    html`<div class="bilingual">
      ${LANGS.map((lang) =>
        words_(
          scene,
          said[name],
          `${name}-${lang}`,
          lang,
          reply[name][lang],
          name !== "office",
          (value) => set({ [name]: { ...reply[name], [lang]: value } }),
        ),
      )}
    </div>`;
  return html`<fieldset class="repeated" data-reply=${at}>
    <legend>${said.one(String(at + 1))}</legend>
    ${pair("office")}
    <div class="fields">
      ${select({
        label: said.level,
        name: "level",
        value: reply.level ?? "",
        options: LEVELS.map((level) => [level, said.levels[level]] as const),
        fixed,
        changed: (level) => set({ level: level || null }),
      })}
      ${select({
        label: said.status,
        name: "status",
        value: reply.status,
        options: STATUSES.map((status) => [status, said.statuses[status]] as const),
        fixed,
        changed: (status) => set({ status: status as Status }),
      })}
      ${day("received_on", said.received)} ${day("replied_on", said.replied)}
      ${day("promise_due_on", said.promise)}
    </div>
    ${pair("text")} ${pair("outcome")}
    ${
      fixed
        ? nothing
        : html`<button type="button" class="quiet" @click=${remove}>${said.remove(String(at + 1))}</button>`
    }
  </fieldset>`;
}

function words_(
  { words, fixed }: CaseScene,
  label: string,
  name: string,
  lang: "zh" | "en",
  value: string | null,
  long: boolean,
  changed: (value: string | null) => void,
): TemplateResult {
  const whole = words.fields.language(label, words.langs[lang]);
  if (!long) return input({ label: whole, name, value, fixed, changed });
  return html`<label class="field">
    <span>${whole}</span>
    <textarea
      name=${name}
      rows="2"
      dir="auto"
      ?disabled=${fixed}
      .value=${value ?? ""}
      @input=${(event: Event) => changed((event.target as HTMLTextAreaElement).value || null)}
    ></textarea>
  </label>`;
}
