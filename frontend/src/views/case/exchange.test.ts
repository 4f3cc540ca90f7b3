// @vitest-environment happy-dom
/** The timeline of an exchange, and the history of revisions. */
import { describe, expect, test } from "vitest";
import type { Revisions } from "../../api/types.ts";
import { bibtex } from "./cite.ts";
import { CASE, drawn, ID, REPLY, shown, texts } from "./example.ts";

describe("the official exchange", () => {
  const kinds = (root: HTMLElement) =>
    [...root.querySelectorAll("[data-event]")].map((event) => event.getAttribute("data-event"));

  test("message, reply, promise and outcome, with what is known of each", () => {
    const root = shown({ replies: [{ ...REPLY, outcome: { zh: "未付", en: null } }] });
    expect(kinds(root)).toEqual(["message", "reply", "promise", "outcome"]);
    expect(texts(root, ".event-head")).toEqual([
      "留言送达 2021年3月5日 地级",
      "官方回复 2021年3月17日 12 天后 · 办理中",
      "承诺期限 2021年5月1日 期限已过",
      "结果",
    ]);
  });

  test("a promise on its day is not broken yet; one without an outcome says so", () => {
    const due = (promise_due_on: string) =>
      shown({ replies: [{ ...REPLY, promise_due_on }] }, "en");
    expect(texts(due("2021-05-02"), "[data-event=promise] .note")).toEqual(["not due yet"]);
    expect(texts(due("2021-05-01"), "[data-event=promise] .note")).toEqual([
      "this day has passed, outcome not known",
    ]);
  });

  test("one message that was answered twice is told once", () => {
    expect(kinds(shown({ replies: [{ ...REPLY, promise_due_on: null }, REPLY] }))).toEqual([
      "message",
      "reply",
      "reply",
      "promise",
    ]);
  });

  test("without a reply it says as of when", () => {
    const waiting = {
      ...REPLY,
      replied_on: null,
      days: null,
      text: { zh: null, en: null },
      status: "待回复",
      promise_due_on: null,
    } as const;
    const root = shown({ replies: [waiting] });
    expect(texts(root, "[data-event=waiting]")).toEqual(["尚未回复 截至 2021年4月2日"]);
  });
});

describe("revisions", () => {
  const entry = { change: 1, reason: null, document: null };
  const history: Revisions = {
    id: ID,
    revisions: [
      { ...entry, revision: 1, day: "2021-03-10", kind: "published", fields: [] },
      {
        ...entry,
        revision: 2,
        day: "2021-04-02",
        kind: "changed",
        fields: ["amount_owed", "later_field"],
        reason: { zh: "补充来源", en: null },
      },
    ],
  };

  test("the newest first, changed fields in words, the reason in whichever language there is", () => {
    const data = { id: ID, document: CASE, gone: null, revisions: history };
    const root = drawn({ data, status: "ready", failure: null }, "en");
    expect(texts(root, ".revisions li")).toEqual([
      "Revision 2 2 April 2021 changed changed: amount owed, later_field 补充来源",
      "Revision 1 10 March 2021 published",
    ]);
  });

  test("without them the document still tells its own", () => {
    expect(texts(shown(), ".revisions li")).toEqual(["第 2 版 2021年4月2日 修改"]);
  });

  test("BibTeX keeps no character that would open or command anything", () => {
    const cited = bibtex({ ...CASE, title: { zh: null, en: "A {b} \\c" } }, "/", "zh");
    expect(cited).toContain("title = {A  b   c}");
    expect(cited).toContain(`url = {https://example.org/cases/${ID}}`);
  });
});
