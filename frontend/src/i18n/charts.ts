/** Words of the graphs; they come with the charts, not with the list. */
import type { Lang } from "./format.ts";
import type { Shape } from "./shape.ts";

export const zh = {
  label: "图表",
  none: "没有符合条件的案例，无图可画。",
  loading: "正在统计…",
  failed: "图没能画出来，数字见下表。",
  of: (n: string, total: string) => `n\u00a0=\u00a0${n}（共 ${total} 件），`,
  missing: (what: string, count: string, share: string) => `${what}：${count} 件（${share}）。`,
  several: "一件案例可能归入几项，因此各项之和会超过 n。",
  top: (shown: string, all: string) => `图中为 ${all} 项中最多的 ${shown} 项。`,
  finer: (name: string) => `${name}（未细分）`,
  rest: (count: string) => `其他 ${count} 项`,
  within: (title: string, name: string) => `${title}：${name}`,
  partial: (names: string) => `${names}不是完整的时段，数字不能与其他时段相比（图中颜色较浅）。`,
  bias: "这些是被看见并被选出的案例（求助则因为也许有人能帮上忙），不是抽样。数字上升，可能是问题更多，也可能是发声更多、删除更少，或我们花的时间更多。",
  breaks: {
    method: "收集方法改变",
    methodMonth: "虚线处：2017年初，集体行动的收集方法改变，前后的数字不能相比。",
    archive: "另一份档案",
    archiveMonth:
      "虚线处：中国劳工通讯的档案止于2025年6月，此后的案例出自另一份档案，前后的数字不能相比。",
    archiveYear:
      "虚线处：中国劳工通讯的档案止于2025年6月，此后的案例出自另一份档案；2025年的数字合自两份档案，前后不能相比。",
  },
  form: "画成",
  forms: { bars: "条形", pie: "占比" },
  table: "数字表",
  caption: (title: string, scope: string) => `${title}。${scope}。`,
  cases: "案例数",
  share: "占全部案例",
  all: "全部案例",
  only: "只看此项",
  hint: "点击图中一项，只看其中的案例。",
  point: (name: string, count: string, share: string) => `${name}：${count} 件，${share}`,
  alt: (title: string, most: string) => `${title}（图）。最多的是${most}。数字见下方表格。`,
  save: "保存",
  saveAs: (format: string, title: string) => `把“${title}”保存为 ${format}`,
  saveFailed: "没能保存，请重试。",
  source: (name: string, day: string) => `来源：${name}，${day}取得`,
  csv: { code: "代码", count: "案例数", share: "占比" },
  bands: (low: string, high: string) => `${low}–${high} 天`,
  lastBand: (low: string) => `${low} 天以上`,
  charts: {
    month: {
      title: "每月案例数",
      head: "月份",
      counted: "按求助发出或事件发生的月份统计。",
      missing: "只知道年份",
    },
    year: {
      title: "每年案例数",
      head: "年份",
      counted: "按求助发出或事件发生的年份统计。",
      missing: "年份不详",
    },
    industry: {
      title: "各行业案例数",
      head: "行业",
      counted: "按雇主所属行业统计，每件案例只计一次。",
      missing: "未注明行业",
    },
    issue: {
      title: "各类问题案例数",
      head: "问题",
      counted: "按案例涉及的问题统计。",
      missing: "未注明问题",
    },
    action: {
      title: "各类行动案例数",
      head: "行动",
      counted: "按工人采取的行动统计。",
      missing: "未注明行动",
    },
    region: {
      title: "各地区案例数",
      head: "地区",
      counted: "按案例所在地区统计，每件案例只计一次。",
      missing: "地点不详",
    },
    reply_days: {
      title: "官方回复用时",
      head: "天数",
      counted: "从首次留言到首次官方回复所经过的天数。",
      missing: "没有可算出天数的官方回复",
    },
    accident_type: {
      title: "各类事故案例数",
      head: "事故类型",
      counted: "按事故类型统计，每件案例只计一次。",
      missing: "未注明类型",
    },
    response: {
      title: "各类回应案例数",
      head: "回应",
      counted: "按案例得到的回应统计。",
      missing: "未注明回应",
    },
    ownership: {
      title: "各类企业案例数",
      head: "所有制",
      counted: "按企业所有制统计，每件案例只计一次。",
      missing: "未注明所有制",
    },
  },
};

export const en: Shape<typeof zh> = {
  label: "Graphs",
  none: "No case matches, so there is nothing to draw.",
  loading: "Counting…",
  failed: "This chart could not be drawn; its numbers are in the table.",
  of: (n: string, total: string) => `n\u00a0=\u00a0${n} of ${total}.`,
  missing: (what: string, count: string, share: string) => `${what}: ${count} (${share}).`,
  several: "A case may be counted under several of these, so they add up to more than n.",
  top: (shown: string, all: string) => `Drawn are the ${shown} most frequent of ${all}.`,
  finer: (name: string) => `${name} (no finer detail)`,
  rest: (count: string) => `${count} others`,
  within: (title: string, name: string) => `${title}: ${name}`,
  partial: (names: string) =>
    `Not a whole period, and so not comparable with the others (drawn paler): ${names}.`,
  bias: "These are cases that became visible and were chosen, for calls for help because someone might be able to help. They are not a sample. A rise can mean more problems, more posting, less deletion, or more hours of work by us.",
  breaks: {
    method: "method changed",
    methodMonth:
      "Dashed line: at the start of 2017 the way collective actions were collected changed. Numbers before and after it cannot be compared.",
    archive: "another archive",
    archiveMonth:
      "Dashed line: China Labour Bulletin’s archive ends in June 2025, and what follows is another archive. Numbers before and after it cannot be compared.",
    archiveYear:
      "Dashed line: China Labour Bulletin’s archive ends in June 2025, and what follows is another archive. 2025 holds cases of both; numbers before and after it cannot be compared.",
  },
  form: "Draw as",
  forms: { bars: "Bars", pie: "Shares" },
  table: "Table of these numbers",
  caption: (title: string, scope: string) => `${title}. ${scope}.`,
  cases: "Cases",
  share: "Share of all cases",
  all: "All cases",
  only: "show only these",
  hint: "Click an item of the chart to see only its cases.",
  point: (name: string, count: string, share: string) =>
    `${name}: ${count} ${count === "1" ? "case" : "cases"}, ${share}`,
  alt: (title: string, most: string) =>
    `Chart: ${title}. Most: ${most}. The numbers are in the table below.`,
  save: "Save",
  saveAs: (format: string, title: string) => `Save “${title}” as ${format}`,
  saveFailed: "Could not save it, try again.",
  source: (name: string, day: string) => `Source: ${name}, retrieved ${day}`,
  csv: { code: "code", count: "cases", share: "share" },
  bands: (low: string, high: string) => `${low}–${high} days`,
  lastBand: (low: string) => `${low} days or more`,
  charts: {
    month: {
      title: "Cases by month",
      head: "Month",
      counted: "By the month of the appeal or the event.",
      missing: "Only the year known",
    },
    year: {
      title: "Cases by year",
      head: "Year",
      counted: "By the year of the appeal or the event.",
      missing: "Year unknown",
    },
    industry: {
      title: "Cases by industry",
      head: "Industry",
      counted: "By the employer’s industry; each case counts once.",
      missing: "Industry not stated",
    },
    issue: {
      title: "Cases by issue",
      head: "Issue",
      counted: "By what the case is about.",
      missing: "Issue not stated",
    },
    action: {
      title: "Cases by type of action",
      head: "Action",
      counted: "By what the workers did.",
      missing: "Action not stated",
    },
    region: {
      title: "Cases by region",
      head: "Region",
      counted: "By the place of the case; each case counts once.",
      missing: "Place unknown",
    },
    reply_days: {
      title: "Days to the official reply",
      head: "Days",
      counted: "Days from the first message to the first official reply.",
      missing: "No official reply from which days can be counted",
    },
    accident_type: {
      title: "Cases by type of accident",
      head: "Type of accident",
      counted: "By the type of accident; each case counts once.",
      missing: "Type not stated",
    },
    response: {
      title: "Cases by response",
      head: "Response",
      counted: "By the response that the case met.",
      missing: "Response not stated",
    },
    ownership: {
      title: "Cases by ownership",
      head: "Ownership",
      counted: "By the ownership of the enterprise; each case counts once.",
      missing: "Ownership not stated",
    },
  },
};

export type ChartWords = Shape<typeof zh>;

const LANGUAGES: Record<Lang, ChartWords> = { zh, en };

export function chartWordsOf(lang: Lang): ChartWords {
  return LANGUAGES[lang];
}

/** A share of 1 in percent, as Intl writes it; what is not nothing does not read as nothing. */
export function formatShare(share: number): string {
  return share > 0 && share < 0.0005 ? "<0.1%" : `${Number((share * 100).toFixed(1))}%`;
}
