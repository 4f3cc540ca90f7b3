/** An invented case and how to draw it; for tests only. */
import { nothing, render } from "lit-html";
import type { CaseDocument, Reply } from "../../api/types.ts";
import type { Lang } from "../../i18n/format.ts";
import { wordsOf } from "../../i18n/index.ts";
import type { Actions } from "../../state/actions.ts";
import { initialState } from "../../state/initial.ts";
import type { Opened, Remote } from "../../state/store.ts";
import { read } from "../../state/url.ts";
import type { Scene } from "../scene.ts";
import { casePage } from "./index.ts";

export const ID = "7Z4K2M9QWERTY";
export const CASE: CaseDocument = {
  id: ID,
  map: "strikes",
  date: { value: "2021-03-01", precision: "month" },
  title: { zh: "示例工厂拖欠工资", en: "Wages owed at an example factory" },
  region: {
    code: "440300",
    zh: "深圳市",
    en: "Shenzhen",
    path: [
      { code: "440000", zh: "广东省", en: "Guangdong" },
      { code: "440300", zh: "深圳市", en: "Shenzhen" },
    ],
  },
  point: [114, 22.5],
  industry: null,
  issues: [{ code: "wage_arrears", zh: "拖欠工资", en: "Wage arrears" }],
  actions: [],
  company: { zh: null, en: null },
  replied: true,
  sources: [],
  revision: 2,
  updated: "2021-04-02",
  text: { zh: "第一段\n\n第二段", en: "One paragraph" },
  stated: {},
  period: null,
  replies: [],
  contacts: [],
  participants: { low: 100, high: 1000, stated: null },
  ownership: null,
  response: [],
  accident_type: null,
  deaths: null,
  injuries: null,
  amount_owed: 232000,
  months_owed: 3,
  cite: { zh: "引文", en: `Qiuzhu: “Wages”, case ${ID}. https://example.org/cases/${ID}` },
};

export const REPLY: Reply = {
  office: { zh: "示例人社局", en: "Example Bureau" },
  level: "prefecture",
  received_on: "2021-03-05",
  replied_on: "2021-03-17",
  days: 12,
  text: { zh: "已受理", en: "Accepted" },
  status: "办理中",
  promise_due_on: "2021-05-01",
  outcome: { zh: null, en: null },
};

/** The page as it stands then; `act` holds the actions that a test looks at. */
export function drawn(
  opened: Remote<Opened>,
  lang: Lang = "zh",
  search = "",
  act = {},
): HTMLElement {
  const config = {
    lang,
    today: "2021-05-02",
    demo: true,
    boundaries: [],
    ignored: [],
    query: "",
    alerts: null,
    list: null,
    case: null,
    gone: null,
    stats: null,
  };
  const page = read({ pathname: `/cases/${ID}`, search });
  const state = { ...initialState(config, page), opened };
  const served = {
    rows: new Map(),
    cases: null,
    list: null,
    figures: new Map(),
    above: null,
  };
  const scene: Scene = { state, act: act as Actions, words: wordsOf(lang), lang, served };
  render(nothing, document.body);
  render(casePage(scene), document.body);
  return document.body;
}

export function shown(
  changes: Partial<CaseDocument> = {},
  lang: Lang = "zh",
  search = "",
): HTMLElement {
  const held = { id: ID, document: { ...CASE, ...changes }, gone: null, revisions: null };
  return drawn({ data: held, status: "ready", failure: null }, lang, search);
}

export const texts = (root: HTMLElement, selector: string) =>
  [...root.querySelectorAll(selector)].map((found) =>
    (found.textContent ?? "").replace(/\s+/g, " ").trim(),
  );
export const links = (root: HTMLElement, selector: string) =>
  [...root.querySelectorAll(selector)].map((found) => found.getAttribute("href"));
