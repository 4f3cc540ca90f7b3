/** The audit trail: who did what to which subject, and whether nothing of it was changed. */
import { html, nothing, type TemplateResult } from "lit-html";
import { formatDay, formatNumber } from "../../i18n/format.ts";
import type { AuditEntry } from "../api/types.ts";
import { Audit } from "../state/audit.ts";
import type { Desk } from "../state/desk.ts";
import type { Query } from "../state/url.ts";
import { failure, foreign, head, waiting } from "./parts.ts";
import type { Room } from "./scene.ts";

const VERIFY = "POST /staff/audit/verify";
const FILTERS = ["subject", "actor", "act"] as const;

export function auditRoom(desk: Desk): Room {
  const audit = new Audit(desk);
  return {
    open: (page) => audit.open(page.query),
    draw: (page) => html`${head(desk.words.rooms.audit, verifying(desk, audit))}
      <p class="room-lead">${desk.words.audit.lead}</p>
      <div role="status">${verified(desk, audit)}</div>
      ${failure(desk, audit.verified, () => audit.verify())} ${filters(desk, page.query)}
      ${failure(desk, audit.trail, () => audit.again())} ${waiting(desk, audit.trail)}
      ${trail(desk, audit)}`,
  };
}

function verifying(desk: Desk, audit: Audit): TemplateResult | typeof nothing {
  if (!desk.may(VERIFY)) return nothing;
  const busy = audit.verified.status === "loading";
  return html`<button type="button" data-act="verify" ?disabled=${busy} @click=${() => audit.verify()}>
    ${busy ? desk.words.shell.loading : desk.words.audit.verify}
  </button>`;
}

function verified(desk: Desk, audit: Audit): TemplateResult | typeof nothing {
  const { data } = audit.verified;
  const { words, lang } = desk;
  if (data === null) return nothing;
  const entries = formatNumber(data.entries, lang);
  return data.broken === null
    ? html`<p class="notice" data-verified="intact">${words.audit.intact(entries)}</p>`
    : html`<p class="notice trouble" data-verified="broken">
        ${words.audit.broken(formatNumber(data.broken, lang), entries)}
      </p>`;
}

function filters(desk: Desk, query: Query): TemplateResult {
  const { audit: said } = desk.words;
  return html`<form class="choices" role="search" @submit=${find}>
    ${FILTERS.map(
      (name, at) => html`<label class="choice">
        <span>${said[name]}</span>
        <input
          name=${name}
          type="search"
          autocomplete="off"
          spellcheck="false"
          maxlength="100"
          data-search=${at === 0 ? "" : nothing}
          .value=${query[name] ?? ""}
        />
      </label>`,
    )}
    <button type="submit">${said.show}</button>
  </form>`;

  function find(event: SubmitEvent): void {
    event.preventDefault();
    const given = new FormData(event.currentTarget as HTMLFormElement);
    const of = (name: string) => String(given.get(name) ?? "").trim();
    desk.narrow(Object.fromEntries(FILTERS.map((name) => [name, of(name)])));
  }
}

function trail(desk: Desk, audit: Audit): TemplateResult | typeof nothing {
  const { data } = audit.trail;
  const { audit: said, shell } = desk.words;
  if (data === null) return nothing;
  if (data.items.length === 0) return html`<p class="empty">${said.empty}</p>`;
  return html`<div class="scroll" tabindex="0" role="region" aria-label=${desk.words.rooms.audit}>
      <table class="table trail">
        <thead>
          <tr>
            ${(["number", "day", "actor", "act", "subject", "fields"] as const).map(
              (name) => html`<th scope="col">${said[name]}</th>`,
            )}
          </tr>
        </thead>
        <tbody>
          ${data.items.map((entry) => row(desk, entry))}
        </tbody>
      </table>
    </div>
    ${
      data.next === null
        ? nothing
        : html`<p class="more">
            <button type="button" data-more ?disabled=${desk.busy} @click=${() => void audit.more()}>
              ${shell.more}
            </button>
          </p>`
    }`;
}

function row(desk: Desk, entry: AuditEntry): TemplateResult {
  const subject = desk.href({ room: "audit", query: { subject: entry.subject } });
  return html`<tr>
    <td class="number">${formatNumber(entry.number, desk.lang)}</td>
    <td class="day">${formatDay(entry.day, desk.lang)}</td>
    <td translate="no">${foreign(entry.actor)}</td>
    <td translate="no"><code>${entry.act}</code></td>
    <td translate="no"><a href=${subject} data-row=${entry.number}><code>${foreign(entry.subject)}</code></a></td>
    <td translate="no">${entry.fields.length === 0 ? nothing : html`<code>${entry.fields.join(", ")}</code>`}</td>
  </tr>`;
}
