/** What can be done with a case, and the sheets that ask for a reason before it is done. */
import { html, nothing, type TemplateResult } from "lit-html";
import { formatDay, type Lang, langTag } from "../../i18n/format.ts";
import { dialog } from "../../parts/dialog.ts";
import type { Pair, WithdrawalReason } from "../api/case_types.ts";
import { TEXTS, textOf } from "../state/case_marks.ts";
import { preview } from "./case_preview.ts";
import { type CaseScene, LANGS } from "./case_view.ts";

const REASONS = ["at_request", "privacy", "mistaken", "duplicate", "legal"] as const;

export function acts(scene: CaseScene): TemplateResult {
  const { desk, words, editing } = scene;
  const { held, dirty } = editing;
  const said = words.editor;
  const state = held?.state ?? "draft";
  const open = (sheet: "publish" | "withdraw" | "discard" | "preview") => () => {
    if (sheet === "preview" && editing.id !== null) editing.around.readPreview(editing.id);
    editing.open(sheet);
  };
  const button = (
    name: string,
    text: string,
    act: () => void,
    { kind = "", off = false }: { kind?: string; off?: boolean } = {},
  ) =>
    html`<button type="button" class=${kind} data-act=${name} ?disabled=${off || desk.busy} @click=${act}>
      ${text}
    </button>`;
  const publishes =
    held !== null && state !== "withdrawn" && desk.may("POST /staff/cases/{id}/publish");
  return html`<div class="acts" role="group" aria-label=${said.case}>
    ${
      scene.fixed
        ? nothing
        : button(
            "save",
            state === "published" ? said.saveEdits : said.save,
            () => void save(scene),
            {
              off: !dirty,
              kind: dirty ? "primary" : "",
            },
          )
    }
    ${held === null ? nothing : button("preview", said.preview, open("preview"))}
    ${
      publishes
        ? button("publish", state === "published" ? said.correct : said.publish, open("publish"), {
            kind: dirty ? "" : "primary",
            off: dirty || (state === "published" && !held.pending) || held.waiting,
          })
        : nothing
    }
    ${
      state === "published" && desk.may("POST /staff/cases/{id}/withdraw")
        ? button("withdraw", said.withdraw, open("withdraw"), { kind: "danger" })
        : nothing
    }
    ${
      held !== null && state === "draft" && desk.may("POST /staff/cases/{id}/discard")
        ? button("discard", said.discard, open("discard"), { kind: "danger" })
        : nothing
    }
    ${dirty ? html`<span class="tag gap" data-unsaved>${words.badges.unsaved}</span>` : nothing}
  </div>`;
}

export async function save({ editing, desk, words }: CaseScene): Promise<void> {
  const fresh = editing.id === null;
  if (!(await editing.save())) return;
  desk.say(fresh ? words.editor.made : words.editor.saved);
  if (fresh && editing.id !== null) desk.go({ room: "cases", id: editing.id });
}

/** The button that began an act may be gone or dead after it: then the heading has the keyboard. */
function regain(): void {
  setTimeout(() => {
    if (document.activeElement !== document.body) return;
    document.querySelector<HTMLElement>("main h1")?.focus({ preventScroll: true });
  }, 50);
}

export function sheets(scene: CaseScene): TemplateResult {
  const { desk, editing, words } = scene;
  const closed = () => editing.open(null);
  const published = editing.held?.state === "published";
  const sheet = (
    name: "publish" | "withdraw" | "discard" | "preview",
    title: string,
    body: () => TemplateResult,
  ) =>
    dialog({
      name,
      title,
      close: desk.words.shell.close,
      open: editing.sheet === name,
      closed,
      body,
    });
  return html`${sheet(
    "publish",
    published ? words.publish.correctHeading : words.publish.heading,
    () => publishing(scene, published),
  )}
  ${sheet("withdraw", words.withdraw.heading, () => withdrawing(scene))}
  ${sheet("discard", words.discard.heading, () => discarding(scene))}
  ${sheet("preview", words.preview.heading, () => preview(scene))}`;
}

function publishing(scene: CaseScene, correction: boolean): TemplateResult {
  const { desk, editing, words, fields, lang } = scene;
  const said = words.publish;
  const marks = TEXTS.flatMap((path) => editing.marking.of(path, textOf(fields, path))).length;
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget as HTMLFormElement);
    const reason: Pair = { zh: text(given, "zh"), en: text(given, "en") };
    if (!(await editing.publish(correction ? reason : null, given.has("forget")))) return;
    regain();
    if (editing.batch !== null) desk.say(said.waiting(hour(editing.batch, lang)));
    else desk.say(correction ? said.corrected : said.done);
  };
  return html`<form class="sheet" @submit=${submit}>
    <p>${said.note}</p>
    ${editing.held?.from_alert ? html`<p class="hint">${said.batch}</p>` : nothing}
    ${marks > 0 ? html`<p class="notice trouble">${said.marks(String(marks))}</p>` : nothing}
    ${
      correction
        ? html`${LANGS.map(
            (each) => html`<label class="field">
                <span>${said.reason(words.langs[each])}</span>
                <input name=${each} lang=${langTag(each)} autocomplete="off" />
              </label>`,
          )}
            <p class="hint">${said.reasonNote}</p>
            <label class="tick">
              <input type="checkbox" name="forget" />
              <span>${said.forget}</span>
            </label>`
        : nothing
    }
    ${foot(scene, correction ? said.correct : said.publish, "primary")}
  </form>`;
}

function withdrawing(scene: CaseScene): TemplateResult {
  const { desk, editing, words } = scene;
  const said = words.withdraw;
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const reason = new FormData(event.currentTarget as HTMLFormElement).get("reason");
    if (!(await editing.withdraw(reason as WithdrawalReason))) return;
    regain();
    desk.say(said.done);
  };
  return html`<form class="sheet" @submit=${submit}>
    <p>${said.note}</p>
    <fieldset class="field">
      <legend>${said.reason}</legend>
      ${REASONS.map(
        (reason) => html`<label class="tick">
          <input type="radio" name="reason" value=${reason} required />
          <span>${said.reasons[reason]}</span>
        </label>`,
      )}
    </fieldset>
    ${foot(scene, said.withdraw, "danger")}
  </form>`;
}

function discarding(scene: CaseScene): TemplateResult {
  const { desk, editing, words } = scene;
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (!(await editing.discard())) return;
    regain();
    desk.say(words.discard.done);
  };
  return html`<form class="sheet" @submit=${submit}>
    <p>${words.discard.note}</p>
    ${foot(scene, words.discard.discard, "danger")}
  </form>`;
}

function foot({ desk, editing, words }: CaseScene, does: string, kind: string): TemplateResult {
  return html`<p class="acts">
    <button type="submit" class=${kind} data-do ?disabled=${desk.busy}>${does}</button>
    <button type="button" @click=${() => editing.open(null)}>${words.cancel}</button>
  </p>`;
}

function text(given: FormData, name: string): string | null {
  const typed = given.get(name);
  return typeof typed === "string" && typed.trim() !== "" ? typed.trim() : null;
}

/** `2026-11-21T18:00+08:00` as a day and an hour. */
function hour(at: string, lang: Lang): string {
  return `${formatDay(at.slice(0, 10), lang)} ${at.slice(11, 16)}`;
}
