/** What takes two people: what waits for the other one, and asking for an export or a period. */
import { html, nothing, type TemplateResult } from "lit-html";
import { formatDay, tidy } from "../../i18n/format.ts";
import type { Asking } from "../api/types.ts";
import type { Desk } from "../state/desk.ts";
import { Requests } from "../state/requests.ts";
import { choice, failure, foreign, head, tag, waiting } from "./parts.ts";
import type { Room } from "./scene.ts";

const DECIDE = "POST /staff/requests/{id}/approval";
const ASK = "POST /staff/requests";

export function requestsRoom(desk: Desk): Room {
  const requests = new Requests(desk);
  return {
    open: (page) => requests.open(page.query.state ?? "open"),
    draw: (page) => html`${head(desk.words.rooms.requests)}
      <p class="room-lead">${desk.words.requests.lead}</p>
      ${states(desk, page.query.state ?? "open")}
      ${failure(desk, requests.list, () => requests.again())} ${waiting(desk, requests.list)}
      ${list(desk, requests)} ${desk.may(ASK) ? asking(desk, requests) : nothing}`,
  };
}

function states(desk: Desk, state: string): TemplateResult {
  const { requests: said } = desk.words;
  return html`<div class="choices">
    ${choice(said.state, state === "all" ? "" : state, Object.entries(said.states), {
      any: desk.words.shell.any,
      changed: (value) => desk.narrow({ state: value === "" ? "all" : value }),
      first: true,
    })}
  </div>`;
}

function list(desk: Desk, requests: Requests): TemplateResult | typeof nothing {
  const { data } = requests.list;
  if (data === null) return nothing;
  if (data.items.length === 0) return html`<p class="empty">${desk.words.requests.empty}</p>`;
  return html`<ul class="lines requests">
    ${data.items.map((asked) => html`<li data-request=${asked.id}>${row(desk, requests, asked)}</li>`)}
  </ul>`;
}

function row(desk: Desk, requests: Requests, asked: Asking): TemplateResult {
  const { words, lang } = desk;
  const { requests: said } = words;
  const { state, decided_by: by, decided_on: on } = asked;
  return html`<div class="what">
      <p>
        <strong>${said.kinds[asked.kind]}</strong>
        ${tag(said.states[state], state === "open" ? "strong" : "")}
      </p>
      <p>${what(desk, asked)}</p>
      <p class="hint">
        ${said.asked(tidy(asked.asked_by), formatDay(asked.asked_on, lang))}${
          by === null || on === null
            ? nothing
            : html`${lang === "zh" ? "；" : "; "}${said.decided(tidy(by), formatDay(on, lang))}`
        }
      </p>
    </div>
    <div class="acts end">${acts(desk, requests, asked)}</div>`;
}

/** What exactly is asked; of a contact never the value. */
function what(desk: Desk, asked: Asking): TemplateResult {
  const { requests: said } = desk.words;
  if (asked.kind === "contact") {
    const id = asked.case_id;
    return html`${
      id === null
        ? nothing
        : html`<a data-row=${asked.id} href=${desk.href({ room: "cases", id })}>${said.ofCase} ${id}</a> `
    }<small class="hint">${said.contactNote}</small>`;
  }
  if (asked.kind === "export") {
    const query = String(asked.asked.query ?? "");
    return query === "" ? html`${said.exportAll}` : foreign(said.exportOf(query));
  }
  const name = String(asked.asked.name);
  return html`${said.length(said.periods[name] ?? tidy(name), String(asked.asked.length))}`;
}

function acts(desk: Desk, requests: Requests, asked: Asking): TemplateResult | typeof nothing {
  const { requests: said } = desk.words;
  const own = asked.asked_by === desk.me.name;
  if (asked.state === "approved" && asked.kind === "export" && own)
    return html`<a class="button" download href=${requests.file(asked.id)} aria-describedby=${`take-${asked.id}`}
        >${said.download}</a
      >
      <small class="hint" id=${`take-${asked.id}`}>${said.downloadNote}</small>`;
  if (asked.state !== "open" || !desk.may(DECIDE)) return nothing;
  if (own) return html`<small class="hint">${said.own}</small>`;
  const of = `${said.kinds[asked.kind]} ${asked.id}`;
  return html`<button
      type="button"
      class="primary"
      data-act="approve"
      aria-label=${`${said.approve}: ${of}`}
      ?disabled=${desk.busy}
      @click=${() => void requests.decide(asked.id, "approval")}
    >
      ${said.approve}
    </button>
    <button
      type="button"
      data-act="refuse"
      aria-label=${`${said.refuse}: ${of}`}
      ?disabled=${desk.busy}
      @click=${() => void requests.decide(asked.id, "refusal")}
    >
      ${said.refuse}
    </button>`;
}

function asking(desk: Desk, requests: Requests): TemplateResult {
  const { requests: said } = desk.words;
  return html`<div class="pair">
    <form data-form="export" @submit=${askExport}>
      <h2>${said.askExport}</h2>
      <label class="field">
        <span>${said.query}</span>
        <input name="query" autocomplete="off" spellcheck="false" maxlength="4000" aria-describedby="export-query" />
        <small class="hint" id="export-query">${said.queryHint}</small>
      </label>
      <p class="acts"><button type="submit" ?disabled=${desk.busy}>${said.ask}</button></p>
    </form>
    ${
      desk.me.role !== "admin"
        ? nothing
        : html`<form data-form="retention" @submit=${askRetention}>
            <h2>${said.askRetention}</h2>
            <label class="field">
              <span>${said.period}</span>
              <select name="name">
                ${Object.entries(said.periods).map(
                  ([name, text]) => html`<option value=${name}>${text}</option>`,
                )}
              </select>
            </label>
            <label class="field">
              <span>${said.duration}</span>
              <input name="length" type="number" min="1" required />
            </label>
            <p class="acts"><button type="submit" ?disabled=${desk.busy}>${said.ask}</button></p>
          </form>`
    }
  </div>`;

  async function askExport(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const query = String(new FormData(form).get("query")).trim().replace(/^\?/, "");
    if (await requests.askExport(query)) form.reset();
  }

  async function askRetention(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const given = new FormData(form);
    const length = Number(given.get("length"));
    if (await requests.askRetention(String(given.get("name")), length)) form.reset();
  }
}
