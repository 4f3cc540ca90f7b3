/** What a person wrote, field by field, with what may tell who somebody is marked in it; files. */
import { html, nothing, type TemplateResult } from "lit-html";
import { en as alertEn, zh as alertZh } from "../../i18n/alert.ts";
import { formatDay, formatNumber, tidy } from "../../i18n/format.ts";
import type { AttachedFile, Content, OpenedAlert, Personal } from "../api/types.ts";
import type { OneAlert } from "../state/alert.ts";
import type { Desk } from "../state/desk.ts";
import { stretches } from "../state/marked.ts";

const STORY = ["kind", "story", "happened", "region", "place", "exact_place", "industry"];
const NUMBERS = ["company", "amount_owed", "months_owed", "people", "links"];
const CONTACTS = [
  "contact_name",
  "contact_phone",
  "contact_wechat",
  "contact_other",
  "contact_email",
];
/** Said beside what they belong to. */
const BESIDE = new Set(["consent_name", "consent_phone", "consent_wechat", "consent_other"]);
const TICKS = new Set(["exact_place", "keep_original", "email_anyway"]);
type Marks = OpenedAlert["personal"];

export function content(desk: Desk, alert: OpenedAlert): TemplateResult {
  const { words } = desk;
  const { alert: said } = words;
  const lead = html`<h2>${said.said}</h2>`;
  if (alert.unreadable) return html`${lead}<p class="notice trouble">${said.unreadable}</p>`;
  if (alert.content === null) return html`${lead}<p class="notice">${said.gone}</p>`;
  const own = alert.personal.filter(({ field }) => !field.startsWith("additions."));
  return html`${lead} ${legend(desk, alert.personal)} ${fields(desk, alert.content, own)}`;
}

/** Which kinds were found, and how often. */
function legend({ words, lang }: Desk, marks: Marks): TemplateResult {
  const { alert: said } = words;
  if (marks.length === 0) return html`<p class="hint">${said.noMarks}</p>`;
  const counts = new Map<Personal["kind"], number>();
  for (const { kind } of marks) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const parts = [...counts].map(([kind, count]) => `${said.kinds[kind]} ${count}`);
  return html`<p class="legend">
    <mark>${said.marks}</mark> ${parts.join(lang === "zh" ? "、" : ", ")}
    <small class="hint">${said.marksNote}</small>
  </p>`;
}

function fields(desk: Desk, given: Content, marks: Marks): TemplateResult {
  const known = new Set([...STORY, ...NUMBERS, ...CONTACTS, ...BESIDE]);
  const others = Object.keys(given).filter((name) => !known.has(name));
  const contacts = CONTACTS.filter((name) => given[name]);
  const rows = (names: readonly string[]) =>
    names
      .filter((name) => isSaid(given[name]))
      .map((name) =>
        field(
          desk,
          given,
          name,
          marks.filter((mark) => mark.field === name),
        ),
      );
  return html`<dl class="wrote">${rows(STORY)} ${rows(NUMBERS)} ${rows(others)}</dl>
    ${
      contacts.length === 0
        ? nothing
        : html`<h3>${desk.words.alert.contacts}</h3>
            <p class="hint">${desk.words.alert.contactsNote}</p>
            <dl class="wrote">${rows(contacts)}</dl>`
    }`;
}

function isSaid(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "" && value !== false;
}

function field(desk: Desk, given: Content, name: string, marks: Marks): TemplateResult {
  const value = given[name];
  const labels: Readonly<Record<string, string>> = formWords(desk).fields;
  const consent = given[name.replace("contact_", "consent_")];
  const text = typeof value === "string" ? (named(desk, name, value) ?? value) : null;
  const { kind, lang } = desk.words.alert;
  // What the form does not say, or says to who fills it in.
  const own: Readonly<Record<string, string>> = {
    kind,
    reply_lang: lang,
    contact_email: formWords(desk).fields.email,
  };
  return html`<div data-field=${name}>
    <dt>${own[name] ?? labels[name] ?? tidy(name)}</dt>
    <dd>
      ${text !== null ? written(desk, text, text === value ? marks : []) : told(desk, name, value)}
      ${
        name.startsWith("contact_") && typeof consent === "string"
          ? html`<small class="hint">${desk.words.alert.consent(consentOf(desk, consent))}</small>`
          : nothing
      }
    </dd>
  </div>`;
}

function formWords({ lang }: Desk): typeof alertEn {
  return lang === "zh" ? alertZh : alertEn;
}

function consentOf(desk: Desk, code: string): string {
  const labels: Readonly<Record<string, string>> = formWords(desk).consents;
  return labels[code] ?? tidy(code);
}

/** The label of a code, where the field holds one. */
function named(desk: Desk, name: string, value: string): string | undefined {
  const { regions, industries } = formWords(desk);
  const tables: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    region: regions,
    industry: industries,
    reply_lang: desk.words.alerts.langs,
  };
  return tables[name]?.[value];
}

/** What is no text: a number, a tick, codes; or what only somebody with a program of his own sends. */
function told(desk: Desk, name: string, value: unknown): TemplateResult {
  const kinds: Readonly<Record<string, string>> = formWords(desk).kinds;
  if (typeof value === "number") return html`${formatNumber(value, desk.lang)}`;
  if (value === true && TICKS.has(name)) return html`${desk.words.shell.yes}`;
  if (name === "kind" && Array.isArray(value)) {
    const labels = value.map((code) => kinds[String(code)] ?? tidy(String(code)));
    return html`${labels.join(desk.lang === "zh" ? "、" : ", ")}`;
  }
  return html`<code><bdi>${tidy(JSON.stringify(value) ?? "")}</bdi></code>`;
}

function written({ words }: Desk, text: string, marks: readonly Personal[]): TemplateResult {
  return html`<bdi class="text"
    >${stretches(text, marks).map(({ text: piece, kind }) =>
      kind === null
        ? tidy(piece)
        : html`<mark data-kind=${kind} title=${words.alert.kinds[kind]}
            >${tidy(piece)}<span class="visually-hidden"
              >${words.alert.marked(words.alert.kinds[kind])}</span
            ></mark
          >`,
    )}</bdi
  >`;
}

/** Files as downloads: nothing of them is ever drawn here. */
export function attached(
  desk: Desk,
  one: OneAlert,
  files: readonly AttachedFile[],
): TemplateResult | typeof nothing {
  const { words } = desk;
  if (files.length === 0) return nothing;
  return html`<h3>${words.alert.files}</h3>
    <p class="hint">${words.alert.filesNote}</p>
    <ul class="files">
      ${files.map(
        (file, at) => html`<li>
          <a class="button" download href=${one.file(file.id, false)}
            >${words.alert.file(at + 1, tidy(file.kind), size(desk, file.size))}</a
          >
          ${
            file.original
              ? html`<a
                  class="button"
                  download
                  href=${one.file(file.id, true)}
                  aria-label=${words.alert.originalOf(at + 1)}
                  >${words.alert.original}</a
                >`
              : nothing
          }
        </li>`,
      )}
    </ul>`;
}

function size({ lang }: Desk, bytes: number): string {
  const unit = bytes < 1_000_000 ? "kB" : "MB";
  const count = bytes / (unit === "kB" ? 1000 : 1_000_000);
  return `${formatNumber(Math.max(1, Math.round(count)), lang)} ${unit}`;
}

/** What came later with the receipt, in order. */
export function additions(
  desk: Desk,
  one: OneAlert,
  alert: OpenedAlert,
): TemplateResult | typeof nothing {
  const { words, lang } = desk;
  const { alert: said } = words;
  if (alert.additions.length === 0) return nothing;
  return html`<h2>${said.additions}</h2>
    ${alert.additions.map((addition, at) => {
      const prefix = `additions.${at}.`;
      const marks = alert.personal
        .filter(({ field: name }) => name.startsWith(prefix))
        .map((mark) => ({ ...mark, field: mark.field.slice(prefix.length) }));
      return html`<section class="addition">
        <h3>${said.added(formatDay(addition.received_on, lang))}</h3>
        ${
          addition.unreadable
            ? html`<p class="notice trouble">${said.unreadable}</p>`
            : addition.content === null
              ? html`<p class="hint">${said.gone}</p>`
              : fields(desk, addition.content, marks)
        }
        ${attached(desk, one, addition.attachments)}
      </section>`;
    })}`;
}
