/** "Any news?": whom to ask again, which promises are past their day, what was added to alerts. */
import type { News, Outcome } from "../api/case_types.ts";
import { readNews, settleInquiry } from "../api/cases.ts";
import { Asked } from "./asked.ts";
import type { Desk } from "./desk.ts";

export class AnyNews {
  readonly news: Asked<News>;
  readonly #desk: Desk;

  constructor(desk: Desk) {
    this.#desk = desk;
    this.news = new Asked(desk);
  }

  async load(): Promise<void> {
    await this.news.ask(readNews);
  }

  async settle(caseId: string, days: number, outcome: Outcome): Promise<boolean> {
    const done = await this.#desk.act(() => settleInquiry(caseId, days, outcome));
    if (done !== null) await this.load();
    return done !== null;
  }
}
