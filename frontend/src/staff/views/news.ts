/** The room "Any news?": cases to ask after, promises past their day, what was added to alerts. */
import { html, nothing, type TemplateResult } from "lit-html";
import { type CaseWords, caseWords } from "../../i18n/desk_cases.ts";
import { formatDay } from "../../i18n/format.ts";
import type { Item, News } from "../api/case_types.ts";
import type { Desk } from "../state/desk.ts";
import { AnyNews } from "../state/news.ts";
import { either, titleOf } from "./case_view.ts";
import { failure, head, waiting } from "./parts.ts";
import type { Room } from "./scene.ts";

const OUTCOMES = ["news", "none", "unreachable"] as const;

export function newsRoom(desk: Desk): Room {
  const state = new AnyNews(desk);
  return { open: () => void state.load(), draw: () => draw(desk, state) };
}

function draw(desk: Desk, state: AnyNews): TemplateResult {
  const words = caseWords(desk.lang);
  const said = words.news;
  const { news } = state;
  const held = news.data;
  return html`${head(said.heading)} ${failure(desk, news, () => void state.load())}
    ${waiting(desk, news)}
    ${
      held === null
        ? nothing
        : html`<h2>${said.inquiries}</h2>
            <p class="hint">${said.inquiriesNote}</p>
            ${inquiries(desk, state, held, words)}
            <h2>${said.promises}</h2>
            ${promises(desk, held, words)}
            <h2>${said.additions}</h2>
            ${additions(desk, held, words)}`
    }`;
}

function list(rows: readonly TemplateResult[], words: CaseWords): TemplateResult {
  if (rows.length === 0) return html`<p class="hint">${words.news.none}</p>`;
  return html`<ul class="lines news">
    ${rows.map((row) => html`<li>${row}</li>`)}
  </ul>`;
}

function named(desk: Desk, item: Item, words: CaseWords): TemplateResult {
  return html`<a class="row-link" data-row=${item.id} href=${desk.href({ room: "cases", id: item.id })}
    >${titleOf(item, words, desk.lang)}</a
  >`;
}

function inquiries(desk: Desk, state: AnyNews, held: News, words: CaseWords): TemplateResult {
  const said = words.news;
  const settle = async (id: string, days: number, outcome: (typeof OUTCOMES)[number]) => {
    if (await state.settle(id, days, outcome)) desk.say(said.settled);
  };
  return list(
    held.inquiries.map(
      ({ case: item, days, due_on }) => html`${named(desk, item, words)}
        <span class="hint"
          >${said.after(String(days))} · ${said.due(formatDay(due_on, desk.lang))}</span
        >
        <span class="acts" data-inquiry=${item.id}>
          ${
            desk.may("POST /staff/news")
              ? OUTCOMES.map(
                  (outcome) => html`<button
                    type="button"
                    ?disabled=${desk.busy}
                    @click=${() => void settle(item.id, days, outcome)}
                  >
                    ${said.outcomes[outcome]}
                  </button>`,
                )
              : nothing
          }
        </span>`,
    ),
    words,
  );
}

function promises(desk: Desk, held: News, words: CaseWords): TemplateResult {
  return list(
    held.promises.map(
      ({ case: item, office, promise_due_on }) => html`${named(desk, item, words)}
        <span class="hint"
          >${words.news.promise(either(office, desk.lang) ?? "", formatDay(promise_due_on, desk.lang))}</span
        >`,
    ),
    words,
  );
}

function additions(desk: Desk, held: News, words: CaseWords): TemplateResult {
  return list(
    held.additions.map(
      (alert) => html`<a data-row=${alert.id} href=${desk.href({ room: "alerts", id: alert.id })}
          >${words.news.addition(formatDay(alert.received_on, desk.lang), String(alert.later || alert.additions))}</a
        >
        ${
          alert.case_id === null
            ? nothing
            : html`<a class="row-link" href=${desk.href({ room: "cases", id: alert.case_id })}
                >${alert.case_id}</a
              >`
        }`,
    ),
    words,
  );
}
