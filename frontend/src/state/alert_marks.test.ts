import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { MAINLAND } from "./alert_form.ts";
import { pieces } from "./alert_marks.ts";
import * as names from "./alert_names.ts";

const api = new URL("../../../api/", import.meta.url);
const source = (path: string) => readFileSync(new URL(path, api), "utf8");

/** The texts of a Python assignment, in order. */
function texts(path: string, name: string): string[] {
  const [, after = ""] = source(path).split(`\n${name} = `);
  const [value = ""] = after.split(/\n(?=[^\s)])/);
  return [...value.matchAll(/"([^"]*)"/g)].map(([, text]) => text ?? "");
}

const found = (text: string) =>
  pieces(text).flatMap(({ text: part, kind }) => (kind === null ? [] : [[part, kind]]));

describe("the rules are the server's", () => {
  it.each([
    ["_TITLE", names.TITLE],
    ["_VERB", names.VERB],
    ["_STATED", names.STATED],
    ["_NO_NAME", `(?:${names.NO_NAME})`],
  ])("%s", (name, own) => {
    expect(own).toBe(texts("alerts/marks.py", name).join(""));
  });

  it("surnames", () => {
    expect(names.SINGLE).toBe(texts("alerts/surnames.py", "SINGLE").join(""));
    expect(names.COMPOUND.split("|")).toEqual(texts("alerts/surnames.py", "COMPOUND"));
  });

  it("and so are providers of the mainland", () => {
    expect(MAINLAND.split(" ")).toEqual(texts("mail/addresses.py", "_MAINLAND"));
  });

  it("and what it finds, in the server's own examples", () => {
    const [, cases = ""] = readFileSync(
      new URL("../tests/alerts/test_marks.py", api),
      "utf8",
    ).split('("text", "part", "kind"),');
    const rows = [...cases.matchAll(/\("([^"]+)", "([^"]+)", "(\w+)"\)/g)];
    expect(rows.length).toBeGreaterThan(15);
    for (const [, text = "", part, kind] of rows) expect(found(text)).toContainEqual([part, kind]);
  });
});

describe("marks", () => {
  it.each([
    ["公司拖欠三个月工资，共12000元，200多人。"],
    ["2026年10月21日在工地，安全没有保障。"],
    ["高温天气还要加班，时间都排满了，马上就过年。"],
    ["订单号12345678，金额 3500.50 元"],
  ])("nothing in %s", (text) => {
    expect(found(text)).toEqual([]);
  });

  it("once each, and the text stays whole", () => {
    const text = "我叫王甲乙，990000190001010000，\n19900001234；周师傅 京A00000";
    expect(found(text).map(([, kind]) => kind)).toEqual([
      "name",
      "id_card",
      "phone",
      "name",
      "plate",
    ]);
    expect(
      pieces(text)
        .map((piece) => piece.text)
        .join(""),
    ).toBe(text);
  });
});
