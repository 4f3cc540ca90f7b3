import { expect, test } from "vitest";
import { differing, emptyFields, gaps, join } from "./case_fields.ts";

const base = { ...emptyFields("calls", "2026-11-21"), title: { zh: "一", en: null } };

test("blank is none, and the order of members tells nothing", () => {
  expect(differing(base, { ...base, title: { en: "", zh: "一" }, notes: "" })).toEqual([]);
  expect(differing(base, { ...base, deaths: 0 })).toEqual(["deaths"]);
});

test("another's changes come in where nothing was typed; what was typed stays", () => {
  const mine = { ...base, title: { zh: "甲", en: null }, deaths: 1 };
  const current = { ...base, title: { zh: "乙", en: null }, injuries: 2, deaths: 1 };
  const { fields, both, theirs } = join(base, mine, current);
  expect(both).toEqual(["title"]);
  expect(theirs).toEqual(["injuries"]);
  expect(fields).toEqual({ ...mine, injuries: 2 });
});

test("a language is missing where the other is there; a title always is", () => {
  expect(gaps(base)).toEqual(["title.en"]);
  expect(gaps({ ...base, title: { zh: "", en: null } })).toEqual(["title.zh", "title.en"]);
  expect(gaps({ ...base, text: { zh: null, en: "x" } })).toEqual(["title.en", "text.zh"]);
});
