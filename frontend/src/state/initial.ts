/** What the page knows at its start: the answer that the server sent along counts as asked for. */
import type { PageConfig } from "./config.ts";
import { filterQuery } from "./filters.ts";
import { type Listed, NOTHING, type Opened, type Remote, type State } from "./store.ts";
import { keywordWasCut, type Page } from "./url.ts";

export function initialState(config: PageConfig, page: Page): State {
  return {
    config,
    page,
    list: config.list === null ? NOTHING : ready(listed(config.list, page)),
    options: NOTHING,
    opened: page.id === null ? NOTHING : opened(config, page.id),
    stats: config.stats === null ? NOTHING : ready(config.stats),
    dialog: null,
    chosen: null,
    choropleth: false,
    ignored: config.ignored,
    cutKeyword: keywordWasCut(),
  };
}

function ready<T>(data: T): Remote<T> {
  return { data, status: "ready", failure: null };
}

function listed(answer: NonNullable<PageConfig["list"]>, page: Page): Listed {
  const key = `${filterQuery(page.filters)}|${page.sort}`;
  return { answer, items: answer.items, next: answer.next, pages: 1, more: "idle", key };
}

function opened(config: PageConfig, id: string): Remote<Opened> {
  if (config.case === null && config.gone === null) return NOTHING;
  return ready({ id, document: config.case, gone: config.gone, revisions: null });
}
