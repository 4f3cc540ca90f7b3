// @vitest-environment happy-dom
/** What a person wrote, drawn: marked where it may tell who somebody is, and inert whatever it holds. */
import { render } from "lit-html";
import { describe, expect, test } from "vitest";
import { Store } from "../../parts/store.ts";
import type { OpenedAlert } from "../api/types.ts";
import { OneAlert } from "../state/alert.ts";
import { Desk } from "../state/desk.ts";
import type { State } from "../state/store.ts";
import { additions, attached, content } from "./alert_content.ts";

const ALERT: OpenedAlert = {
  id: "0R1KVWNKJV7P0",
  received_on: "2026-11-21",
  lane: "proven",
  lang: "zh",
  state: "received",
  changed_on: null,
  reason: null,
  case_id: null,
  assignee: null,
  flagged: false,
  confirmed: false,
  emptied: false,
  files: 1,
  later: 1,
  content: {
    kind: ["wage_arrears", "new_kind"],
    story: "找周师傅 19900001234\u202e<img src=x onerror=alert(1)>",
    region: "440000",
    amount_owed: 600000,
    exact_place: true,
    contact_phone: "■■■",
    consent_phone: "helpers",
    "<b>odd": { deep: "<script>" },
  },
  unreadable: false,
  attachments: [{ id: "F1", kind: "png", size: 1_500_000, original: true }],
  additions: [
    {
      received_on: "2026-11-22",
      content: { text: "赵铁柱又来了" },
      unreadable: false,
      attachments: [],
    },
    { received_on: "2026-11-23", content: null, unreadable: true, attachments: [] },
  ],
  personal: [
    { field: "story", start: 1, end: 4, kind: "name" },
    { field: "story", start: 5, end: 16, kind: "phone" },
    { field: "additions.0.text", start: 0, end: 3, kind: "name" },
  ],
};

function drawn(alert: OpenedAlert, lang: "zh" | "en" = "zh"): HTMLElement {
  const page = { room: "alerts", id: alert.id, query: {}, lang } as const;
  const desk = new Desk(
    new Store<State>({ me: null, page, said: null, help: false, keys: true, menu: false }),
    "zh",
  );
  const one = new OneAlert(desk);
  const root = document.createElement("div");
  render(
    [content(desk, alert), attached(desk, one, alert.attachments), additions(desk, one, alert)],
    root,
  );
  return root;
}

const words = (root: HTMLElement, selector: string) =>
  [...root.querySelectorAll(selector)].map((each) => each.textContent?.trim().replace(/\s+/g, " "));

describe("what was written", () => {
  test("is marked in place, kinds said to who does not see them", () => {
    const root = drawn(ALERT);
    expect(words(root, "[data-field=story] mark")).toEqual([
      "周师傅（姓名）",
      "19900001234（电话）",
    ]);
    expect(words(root, ".addition mark")).toEqual(["赵铁柱（姓名）"]);
    expect(words(root, ".legend")[0]).toContain("姓名 2、电话 1");
  });

  test("makes no element, and shows no character that turns direction", () => {
    const root = drawn(ALERT);
    expect(root.querySelectorAll("img, script, b, a:not([download])")).toHaveLength(0);
    expect(root.textContent).toContain("<img src=x onerror=alert(1)>");
    expect(root.textContent).toContain('{"deep":"<script>"}');
    expect(root.textContent).not.toContain("\u202e");
  });

  test("codes are said in words, those of later versions as they are", () => {
    const root = drawn(ALERT, "en");
    expect(words(root, "[data-field=kind] dd")).toEqual(["Unpaid wages, new_kind"]);
    expect(words(root, "[data-field=region] dd")).toEqual(["Guangdong"]);
    expect(words(root, "[data-field=amount_owed] dd")).toEqual(["600,000"]);
    expect(words(root, "[data-field=contact_phone] dd")[0]).toContain(
      "Editors and verified helpers",
    );
  });

  test("files are downloads, originals beside them", () => {
    const links = [...drawn(ALERT).querySelectorAll("a")];
    expect(links.every((link) => link.hasAttribute("download"))).toBe(true);
    expect(links.map((link) => link.getAttribute("href")?.split("/files/")[1])).toEqual([
      "F1",
      "F1?original=true",
    ]);
  });

  test("what is gone or does not open says so", () => {
    expect(drawn({ ...ALERT, content: null, emptied: true }).textContent).toContain("内容已删除");
    expect(drawn({ ...ALERT, content: null, unreadable: true }).textContent).toContain("打不开");
    expect(words(drawn(ALERT), ".addition .trouble")).toHaveLength(1);
  });
});
