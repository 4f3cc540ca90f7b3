/** One alert: what the person wrote beside what is done with it. */
import { html, nothing, type TemplateResult } from "lit-html";
import { formatDay } from "../../i18n/format.ts";
import type { OpenedAlert } from "../api/types.ts";
import { BY_HAND, type OneAlert } from "../state/alert.ts";
import type { Desk } from "../state/desk.ts";
import type { Shortcut } from "../state/keys.ts";
import { additions, attached, content } from "./alert_content.ts";
import { tags } from "./alerts.ts";
import { failure, foreign, head, waiting } from "./parts.ts";

const ASSIGN = "POST /staff/alerts/{id}/assignment";
const DECIDE = "POST /staff/alerts/{id}/decision";
const MAKE = "POST /staff/alerts/{id}/case";

export function alertPage(desk: Desk, one: OneAlert, id: string): TemplateResult {
  const { words } = desk;
  const { data } = one.read;
  const back = html`<a class="button" href=${desk.href(desk.list("alerts"))}>${words.shell.back}</a>`;
  return html`${head(words.alert.heading(id), back)}
  ${failure(desk, one.read, () => one.again())} ${waiting(desk, one.read)}
  ${
    data === null
      ? nothing
      : html`<div class="beside alert-page">
          <div class="said-by" data-alert=${data.id}>
            ${content(desk, data)} ${attached(desk, one, data.attachments)}
            ${additions(desk, one, data)}
          </div>
          <aside class="card deciding" aria-label=${words.alert.decide}>
            ${facts(desk, data)} ${assigning(desk, one, data)} ${deciding(desk, one, data)}
            ${making(desk, one, data)}
          </aside>
        </div>`
  }`;
}

export function alertKeys(desk: Desk, one: OneAlert): Shortcut[] {
  const { data } = one.read;
  if (data === null) return [];
  const { keys } = desk.words.alert;
  const found: Shortcut[] = [];
  if (desk.may(ASSIGN))
    found.push({ key: "t", says: keys.take, act: () => void one.assign(desk.me.name) });
  if (data.case_id !== null) {
    const id = data.case_id;
    found.push({ key: "c", says: keys.open, act: () => desk.go({ room: "cases", id }) });
  } else if (desk.may(MAKE) && one.undecided && data.content !== null)
    // To the button only: it makes something.
    found.push({ key: "c", says: keys.make, act: enterMaking });
  return found;
}

function enterMaking(): void {
  document.querySelector<HTMLElement>("[data-act=make]")?.focus();
}

function facts(desk: Desk, alert: OpenedAlert): TemplateResult {
  const { words, lang } = desk;
  const { alerts: said } = words;
  const shown = tags(desk, { ...alert, additions: alert.additions.length });
  return html`<dl class="facts">
      <div><dt>${said.state}</dt><dd>
        <strong>${said.states[alert.state]}</strong>
        ${alert.changed_on === null ? nothing : words.alert.decided(formatDay(alert.changed_on, lang))}
        ${alert.reason === null ? nothing : html`<small class="hint">${reasonOf(desk, alert.reason)}</small>`}
      </dd></div>
      <div><dt>${said.received}</dt><dd>
        <time datetime=${alert.received_on}>${formatDay(alert.received_on, lang)}</time>
      </dd></div>
      <div><dt>${said.lane}</dt><dd>${said.lanes[alert.lane]}</dd></div>
    </dl>
    ${shown.length === 0 ? nothing : html`<p class="tags">${shown}</p>`}`;
}

function reasonOf({ words }: Desk, reason: string): string {
  const reasons: Readonly<Record<string, string>> = words.alert.reasons;
  return reasons[reason] ?? reason;
}

function assigning(desk: Desk, one: OneAlert, alert: OpenedAlert): TemplateResult | typeof nothing {
  const { words, me } = desk;
  const { alert: said } = words;
  const mine = alert.assignee === me.name;
  const who = html`<p>
    <strong>${said.assigned}</strong>
    <span translate="no">${alert.assignee === null ? said.nobody : foreign(alert.assignee)}</span>
  </p>`;
  if (!desk.may(ASSIGN)) return who;
  return html`<section>
    ${who}
    <p class="acts">
      ${
        mine
          ? nothing
          : html`<button type="button" data-act="take" ?disabled=${desk.busy} @click=${() => void one.assign(me.name)}>
              ${said.take}
            </button>`
      }
      ${
        alert.assignee === null
          ? nothing
          : html`<button type="button" data-act="drop" ?disabled=${desk.busy} @click=${() => void one.assign(null)}>
              ${said.drop}
            </button>`
      }
    </p>
    <form class="give" @submit=${give}>
      <label class="field">
        <span>${said.giveTo}</span>
        <input name="assignee" autocomplete="off" autocapitalize="none" spellcheck="false" required maxlength="32" />
      </label>
      <button type="submit" ?disabled=${desk.busy}>${said.give}</button>
    </form>
  </section>`;

  async function give(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    await one.assign(String(new FormData(form).get("assignee")).trim());
    form.reset();
  }
}

function deciding(desk: Desk, one: OneAlert, alert: OpenedAlert): TemplateResult | typeof nothing {
  if (!desk.may(DECIDE)) return nothing;
  const { words } = desk;
  const { alert: said } = words;
  if (!one.undecided) return html`<p class="hint">${said.final}</p>`;
  const dismissed = alert.state === "rejected" || alert.state === "spam";
  return html`<form data-form="decision" @submit=${decide}>
    <fieldset class="field">
      <legend>${said.decide}</legend>
      ${BY_HAND.map(
        (state) => html`<label class="tick">
          <input type="radio" name="state" value=${state} .checked=${state === alert.state} />
          <span>${words.alerts.states[state]}</span>
        </label>`,
      )}
    </fieldset>
    <label class="field reason">
      <span>${said.reason}</span>
      <select name="reason">
        <option value="">${said.noReason}</option>
        ${Object.entries(said.reasons).map(
          ([code, text]) =>
            html`<option value=${code} ?selected=${dismissed && code === alert.reason}>${text}</option>`,
        )}
      </select>
    </label>
    <p class="acts">
      <button type="submit" data-act="decide" ?disabled=${desk.busy}>${said.save}</button>
    </p>
  </form>`;

  function decide(event: SubmitEvent): void {
    event.preventDefault();
    const given = new FormData(event.currentTarget as HTMLFormElement);
    const state = BY_HAND.find((each) => each === given.get("state"));
    if (state === undefined) return;
    // Only who was turned down is told why.
    const reason = state === "rejected" ? String(given.get("reason") ?? "") : "";
    void one.decide(state, reason === "" ? null : reason);
  }
}

function making(desk: Desk, one: OneAlert, alert: OpenedAlert): TemplateResult | typeof nothing {
  const { words } = desk;
  if (alert.case_id !== null) {
    const href = desk.href({ room: "cases", id: alert.case_id });
    return html`<p class="acts">
      <a class="button primary" data-act="case" href=${href}>${words.alert.openCase}</a>
    </p>`;
  }
  if (!desk.may(MAKE) || !one.undecided || alert.content === null) return nothing;
  return html`<section class="making">
    <p class="hint" id="make-note">${words.alert.makeNote}</p>
    <p class="acts">
      <button
        type="button"
        class="primary"
        data-act="make"
        aria-describedby="make-note"
        ?disabled=${desk.busy}
        @click=${() => void one.makeCase()}
      >
        ${words.alert.makeCase}
      </button>
    </p>
  </section>`;
}
