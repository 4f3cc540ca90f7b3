/**
 * Where a text is likely to hold what tells who somebody is: numbers by their form, names by a
 * guess. The same rules as api/alerts/marks.py; nothing is changed for the person, only shown.
 */
import { COMPOUND, NO_NAME, SINGLE, STATED, TITLE, VERB } from "./alert_names.ts";

export type MarkKind = "phone" | "id_card" | "bank_card" | "plate" | "name";

/** A part of a text as it is shown; `kind` is null where nothing is marked. */
export interface Piece {
  readonly text: string;
  readonly kind: MarkKind | null;
}

interface Mark {
  readonly start: number;
  readonly end: number;
  readonly kind: MarkKind;
}

// People write numbers in groups; nothing but one blank or dash stands between two digits.
const GAP = "[ \u00a0-]?";
const MOBILE = `(?<![\\dA-Za-z])(?:\\+?86${GAP})?1[3-9]\\d(?:${GAP}\\d){8}(?![\\dA-Za-z])`;
const LANDLINE =
  "(?<!\\d)(?:[(（]0\\d{2,3}[)）]|0\\d{2,3})[ -]?[2-9]\\d{6,7}(?:-\\d{1,5})?(?!\\d)|" +
  "(?<!\\d)[48]00-?\\d{3}-?\\d{4}(?!\\d)";
const ID = `(?<![\\dA-Za-z])[1-9]\\d{5}${GAP}(?:\\d${GAP}){11}[\\dXxＸ](?![\\dA-Za-z])`;
const BIRTH = /^(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/;
const BANK = `(?<![\\dA-Za-z])[3-9]\\d{3}(?:${GAP}\\d){9,15}(?![\\dA-Za-z])`;
const PLATE =
  "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·• ]?" +
  "(?:[A-HJ-NP-Z0-9]{4}[A-HJ-NP-Z0-9挂学警港澳]|[A-HJ-NP-Z0-9]{6})(?![A-Za-z0-9])";

const GIVEN = "[\u4e00-\u9fff]";
const SURNAME = `(?:${COMPOUND}|[${SINGLE}])`;
const END = `${VERB}|[，,。；;（(:：!！\\s]|$`;
const NAMES = [
  `(?<name>${SURNAME}${GIVEN}{0,2}?(?:${TITLE}))`,
  `(?:${STATED})[是叫为：: ]?(?<name>${SURNAME}${GIVEN}{1,2}?)(?=${END})`,
  `(?<!${GIVEN})(?<name>${SURNAME}${GIVEN}{1,2}?)(?=${VERB})`,
];
const NONE = new RegExp(`^(?:${NO_NAME})`, "u");

interface Rule {
  readonly kind: MarkKind;
  readonly form: RegExp;
  readonly holds: (found: string) => boolean;
}

/** The surer kind comes first: what it marks is not marked again. */
const RULES: readonly Rule[] = [
  { kind: "id_card", form: new RegExp(ID, "gu"), holds: bornSomeDay },
  { kind: "plate", form: new RegExp(PLATE, "giu"), holds: (found) => /\d/.test(found) },
  { kind: "phone", form: new RegExp(MOBILE, "gu"), holds: () => true },
  { kind: "phone", form: new RegExp(LANDLINE, "gu"), holds: () => true },
  { kind: "bank_card", form: new RegExp(BANK, "gu"), holds: () => true },
  ...NAMES.map((form) => ({
    kind: "name" as const,
    form: new RegExp(form, "dgu"),
    holds: (found: string) => !NONE.test(found),
  })),
];

function bornSomeDay(found: string): boolean {
  return BIRTH.test(found.replace(/[\s-]/gu, "").slice(6, 14));
}

function marks(text: string): Mark[] {
  const found: Mark[] = [];
  for (const { kind, form, holds } of RULES) {
    for (const match of text.matchAll(form)) {
      const [start, end] = match.indices?.groups?.name ?? [
        match.index,
        match.index + match[0].length,
      ];
      const free = found.every((held) => end <= held.start || held.end <= start);
      if (free && holds(text.slice(start, end))) found.push({ start, end, kind });
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

/** The whole text, cut at its marks. */
export function pieces(text: string): Piece[] {
  const cut: Piece[] = [];
  let from = 0;
  for (const { start, end, kind } of marks(text)) {
    cut.push({ text: text.slice(from, start), kind: null }, { text: text.slice(start, end), kind });
    from = end;
  }
  cut.push({ text: text.slice(from), kind: null });
  return cut.filter((piece) => piece.text !== "");
}
