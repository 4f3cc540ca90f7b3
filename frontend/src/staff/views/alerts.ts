/** The room of alerts: the queue, by what may be known without opening one, or the alert that is open. */
import { html, nothing, type TemplateResult } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { formatDay } from "../../i18n/format.ts";
import type { Alert } from "../api/types.ts";
import { OneAlert } from "../state/alert.ts";
import type { Desk } from "../state/desk.ts";
import { Queue, type QueueFilter } from "../state/queue.ts";
import type { Page, Query } from "../state/url.ts";
import { alertKeys, alertPage } from "./alert.ts";
import { choice, count, day, failure, head, more, tag, waiting } from "./parts.ts";
import type { Room } from "./scene.ts";

export function alertsRoom(desk: Desk): Room {
  const queue = new Queue(desk);
  const one = new OneAlert(desk);
  return {
    open(page: Page): void {
      if (page.id !== null) {
        one.open(page.id);
        return;
      }
      one.close();
      queue.open(page.query);
    },
    draw: (page) =>
      page.id === null ? list(desk, queue, page.query) : alertPage(desk, one, page.id),
    title: (page) => page.id,
    keys: (page) => (page.id === null ? [] : alertKeys(desk, one)),
  };
}

function list(desk: Desk, queue: Queue, query: Query): TemplateResult {
  const { words } = desk;
  const held = queue.list.data;
  return html`${head(words.rooms.alerts)} ${filters(desk, query)}
  ${failure(desk, queue.list, () => queue.again())} ${waiting(desk, queue.list)}
  ${
    held === null
      ? nothing
      : html`${count(desk, held.total, words.alerts.count)}
          ${
            held.items.length === 0
              ? html`<p class="empty">${words.alerts.empty}</p>`
              : html`${columns(desk)}
                  <ol class="lines queue" aria-busy=${queue.list.status === "loading"}>
                  ${repeat(
                    held.items,
                    (alert) => alert.id,
                    (alert) => html`<li>${row(desk, alert)}</li>`,
                  )}
                </ol>`
          }
          ${more(desk, held, () => void queue.more())}`
  }`;
}

function filters(desk: Desk, query: Query): TemplateResult {
  const { words } = desk;
  const { alerts: said, shell } = words;
  const pick = (name: QueueFilter) => ({
    any: shell.any,
    changed: (value: string) => desk.narrow({ [name]: value }),
  });
  const me = desk.me.name;
  const others = query.assignee && ![me, "none"].includes(query.assignee) ? [query.assignee] : [];
  return html`<form class="choices" aria-label=${said.filters} @submit=${(event: Event) => event.preventDefault()}>
    ${choice(said.state, query.state, [...Object.entries(said.states), ["all", shell.any]], {
      ...pick("state"),
      any: said.open,
      first: true,
    })}
    ${choice(said.lane, query.lane, Object.entries(said.lanes), pick("lane"))}
    ${choice(
      said.assignee,
      query.assignee,
      [[me, said.mine], ["none", said.free], ...others.map((name) => [name, name] as const)],
      pick("assignee"),
    )}
    ${choice(
      said.flagged,
      query.flagged,
      [
        ["true", said.onlyFlagged],
        ["false", said.notFlagged],
      ],
      pick("flagged"),
    )}
    ${day(shell.since, query.since, (since) => desk.narrow({ since }))}
    ${day(shell.until, query.until, (until) => desk.narrow({ until }))}
    ${
      Object.keys(query).length === 0
        ? nothing
        : html`<a class="button" href=${desk.href({ room: "alerts" })}>${said.clear}</a>`
    }
  </form>`;
}

function row(desk: Desk, alert: Alert): TemplateResult {
  const { words, lang } = desk;
  const { alerts: said } = words;
  const hidden = (text: string) => html`<span class="visually-hidden">${text} </span>`;
  return html`<time datetime=${alert.received_on}>${formatDay(alert.received_on, lang)}</time>
    <a href=${desk.href({ room: "alerts", id: alert.id })} data-row=${alert.id} translate="no"
      ><code>${alert.id}</code></a
    >
    <span class="state" data-state=${alert.state}>${said.states[alert.state]}</span>
    <span class="lane">${hidden(said.lane)}${said.lanes[alert.lane]}</span>
    <span class="assignee" ?data-nobody=${alert.assignee === null}
      >${hidden(said.assignee)}<span translate="no">${alert.assignee ?? "–"}</span></span
    >
    <span class="tags">${tags(desk, alert)}</span>`;
}

/** Seen only where rows are columns; each row says by itself what is in it. */
function columns({ words: { alerts: said } }: Desk): TemplateResult {
  const { received, number, state, lane, assignee } = said;
  return html`<div class="queue-head" aria-hidden="true">
    ${[received, number, state, lane, assignee].map((text) => html`<span>${text}</span>`)}
  </div>`;
}

/** What stands out of an alert, most pressing first. */
export function tags(
  { words: { alerts: said } }: Desk,
  alert: Omit<Alert, "additions"> & { readonly additions: number },
): TemplateResult[] {
  const found: TemplateResult[] = [];
  if (alert.flagged) found.push(tag(said.onlyFlagged, "strong"));
  if (alert.later > 0) found.push(tag(said.later(alert.later), "strong"));
  else if (alert.additions > 0) found.push(tag(said.additions(alert.additions)));
  if (alert.files > 0) found.push(tag(said.files(alert.files)));
  if (alert.case_id !== null) found.push(tag(said.ofCase));
  if (alert.confirmed) found.push(tag(said.confirmed));
  // Most are Chinese, whatever the console speaks.
  if (alert.lang !== "zh") found.push(tag(said.langs[alert.lang] ?? alert.lang));
  if (alert.emptied) found.push(tag(said.emptied, "quiet"));
  return found;
}
