/**
 * How a place name is read in pinyin. Many characters have several readings, and names keep the
 * rarest; the English name beside it tells which (六安 is Lu'an, 番禺 is Panyu).
 */
import { pinyin, polyphonic } from "pinyin-pro";
import { letters } from "../src/views/filters/place_index.ts";

/** Readings in place names that a dictionary of words puts last, for where no English name tells. */
const IN_NAMES: Readonly<Record<string, string>> = {
  都: "du",
  什: "shi",
  勒: "le",
  卡: "ka",
  厦: "xia",
  莞: "guan",
  涌: "chong",
};

/**
 * The syllables of `name`, without tones, ü as v. `english` is a name that may begin with the
 * reading of `short`, the name without what kind of place it is.
 */
export function readings(name: string, short: string, english: string): string[] {
  const usual = pinyin(name, { toneType: "none", type: "array", v: true }).map(
    (syllable, at) => IN_NAMES[[...name][at] ?? ""] ?? syllable,
  );
  // A short name of one character keeps its kind: 歙县, She County.
  const stem = name.startsWith(short) ? short.replace(/^(.)[县市区]$/u, "$1") : "";
  const choices = polyphonic(stem, { toneType: "none", type: "array", v: true }).map(
    (others, at) => [usual[at] ?? "", ...others],
  );
  for (const target of beginnings(english)) {
    const found = spelled(choices, target);
    if (found.length > 0) return [...found, ...usual.slice(found.length)];
  }
  return usual;
}

/** "Du'an Yao Autonomous County" as duan, duanyao, … */
function beginnings(english: string): string[] {
  const words = english.split(" ").map(letters);
  return words.map((_, last) => words.slice(0, last + 1).join(""));
}

/** The choice of readings that spells `target` to its end; empty where there is none. */
function spelled(choices: readonly (readonly string[])[], target: string): string[] {
  const [first, ...rest] = choices;
  for (const syllable of first ?? []) {
    const written = syllable.replace("v", "u");
    if (syllable === "" || !target.startsWith(written)) continue;
    const left = target.slice(written.length);
    if (rest.length === 0 && left === "") return [syllable];
    const found = spelled(rest, left);
    if (found.length > 0) return [syllable, ...found];
  }
  return [];
}
