/**
 * The index of place names as it travels (columns, differences, nothing that can be derived) and
 * as it is searched. Made by build/places.ts; the search is place_match.ts.
 */

/** The columns have one entry a place, in the order of levels and codes; lists end lines with \n. */
export interface PlaceFile {
  /** Difference to the code before. */
  readonly codes: readonly number[];
  /** Row of the place above; -1 for provinces. */
  readonly parents: readonly number[];
  readonly zh: string;
  /** Empty where it follows from the pinyin. */
  readonly en: string;
  /** Syllables of the name without tones, ü as v, without the last where its character is usual. */
  readonly pinyin: string;
  /** Other names: row, tab, name, tab, pinyin. */
  readonly aliases: string;
  /** Traditional characters, each followed by its simplified form. */
  readonly script: string;
}

export interface Spelling {
  readonly text: string;
  /** Folded: lower case, letters only (English), or as it stands (Chinese). */
  readonly plain: string;
  /** Pinyin in one word, the same with ü as u, and the first letters of its syllables. */
  readonly pinyin: string;
  readonly flat: string;
  readonly initials: string;
}

export interface Place {
  readonly code: string;
  readonly above: Place | null;
  /** 0 for a province, 1 directly below one, 2 below that. */
  readonly depth: number;
  readonly zh: string;
  readonly en: string;
  /** The Chinese name first, then the English one, then others. */
  readonly spellings: readonly Spelling[];
}

export interface PlaceIndex {
  readonly places: readonly Place[];
  readonly script: ReadonlyMap<string, string>;
}

/** What kind of place the last character says, its reading and its English. */
const KINDS: Readonly<Record<string, readonly [string, string]>> = {
  省: ["sheng", ""],
  市: ["shi", ""],
  区: ["qu", " District"],
  县: ["xian", " County"],
  旗: ["qi", " Banner"],
  镇: ["zhen", ""],
};

export function unpack(file: PlaceFile): PlaceIndex {
  const [zh, en, pinyin] = [file.zh, file.en, file.pinyin].map((list) => list.split("\n"));
  const others = new Map<number, Spelling[]>();
  for (const line of file.aliases.split("\n")) {
    const [row = "", name = "", spoken = ""] = line.split("\t");
    const held = others.get(Number(row)) ?? [];
    others.set(Number(row), [...held, spelling(name, spoken)]);
  }
  const places: Place[] = [];
  let code = 0;
  file.codes.forEach((difference, row) => {
    code += difference;
    const chinese = zh?.[row] ?? "";
    const syllables = whole(chinese, pinyin?.[row] ?? "");
    const english = en?.[row] || spelledOut(chinese, syllables);
    const above = places[file.parents[row] ?? -1] ?? null;
    places.push({
      code: String(code),
      above,
      depth: above === null ? 0 : above.depth + 1,
      zh: chinese,
      en: english,
      spellings: [spelling(chinese, syllables), spelling(english, ""), ...(others.get(row) ?? [])],
    });
  });
  const characters = [...file.script];
  const script = new Map<string, string>();
  for (let at = 0; at + 1 < characters.length; at += 2) {
    script.set(characters[at] ?? "", characters[at + 1] ?? "");
  }
  return { places, script };
}

function spelling(text: string, pinyin: string): Spelling {
  const syllables = pinyin === "" ? [] : pinyin.split(" ");
  const joined = syllables.join("");
  return {
    text,
    plain: isChinese(text) ? text : letters(text),
    pinyin: joined,
    flat: joined.replaceAll("v", "u"),
    initials: syllables.map((syllable) => syllable[0]).join(""),
  };
}

/** The English name that follows from a Chinese one and its reading: Lu'an, Chaoyang District. */
export function spelledOut(zh: string, pinyin: string): string {
  const [, kind] = KINDS[zh.slice(-1)] ?? ["", ""];
  const syllables = pinyin.split(" ");
  // A name of one character keeps its kind only in Chinese: 歙县, She County.
  const stem = KINDS[zh.slice(-1)] && zh.length > 1 ? syllables.slice(0, -1) : syllables;
  const word = stem.map((part, at) => (at > 0 && /^[aeo]/.test(part) ? `'${part}` : part)).join("");
  const written = word.replaceAll(/(?<=[ln])v/g, "ü");
  return written.slice(0, 1).toUpperCase() + written.slice(1) + kind;
}

/** Leaves out the last syllable where the character says it. */
export function shortened(zh: string, pinyin: string): string {
  const last = KINDS[zh.slice(-1)]?.[0];
  return last !== undefined && pinyin.endsWith(` ${last}`) ? pinyin.slice(0, -last.length) : pinyin;
}

function whole(zh: string, pinyin: string): string {
  return pinyin.endsWith(" ") ? pinyin + (KINDS[zh.slice(-1)]?.[0] ?? "") : pinyin;
}

export function isChinese(text: string): boolean {
  return /\p{Script=Han}/u.test(text);
}

/** Latin letters in lower case without marks, blanks and apostrophes. */
export function letters(text: string): string {
  return text
    .normalize("NFD")
    .toLowerCase()
    .replace(/[^a-z]/g, "");
}
