/**
 * The index of place names for the region box: made when the page is built, from the tables of
 * api/places/data, as one file that is fetched when somebody begins to type. Its licence is theirs.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";
import {
  isChinese,
  letters,
  type PlaceFile,
  shortened,
  spelledOut,
} from "../src/views/filters/place_index.ts";
import { readings } from "./readings.ts";
import { type Alias, scriptPairs } from "./scripts.ts";
import { field, type Row, rows } from "./tables.ts";

/** `import address from "virtual:places"` gives the address of the file. */
const MODULE = "virtual:places";
const DATA = new URL("../../api/places/data/", import.meta.url);
const REGIONS = "regions.csv";
const ALIASES = ["aliases.csv", "spellings.csv"];

/** Rows that stand for no place of their own: their counties are the province's. */
const SKIPPED = new Set(["municipality", "pseudo"]);
/** The kinds of other names that cannot be derived from the name itself. */
const OTHER = new Set(["variant", "former", "inner", "town", "zone"]);

export function placeFile(): PlaceFile {
  const regions = table(REGIONS);
  const aliases = ALIASES.flatMap(table).map(alias);
  const byCode = new Map<string, Alias[]>(regions.map((row) => [field(row, "code"), []]));
  for (const other of aliases) byCode.get(other.code)?.push(other);
  const kept = regions.filter((row) => !SKIPPED.has(field(row, "kind")));
  const numbers = new Map(kept.map((row, number) => [field(row, "code"), number]));
  const above = new Map(regions.map((row) => [field(row, "code"), field(row, "parent_code")]));
  const parent = (code: string): number => {
    const up = above.get(code) ?? "";
    return up === "" ? -1 : (numbers.get(up) ?? parent(up));
  };
  const named = kept.map((row) => {
    const [zh, en] = [field(row, "name_zh"), field(row, "name_en")];
    return { row, zh, en, pinyin: readings(zh, field(row, "short_zh"), en).join(" ") };
  });
  const codes = kept.map((row) => Number(field(row, "code")));
  return {
    codes: codes.map((code, number) => code - (codes[number - 1] ?? 0)),
    parents: kept.map((row) => parent(field(row, "code"))),
    zh: named.map(({ zh }) => zh).join("\n"),
    en: named.map(({ zh, en, pinyin }) => (en === spelledOut(zh, pinyin) ? "" : en)).join("\n"),
    pinyin: named.map(({ zh, pinyin }) => shortened(zh, pinyin)).join("\n"),
    aliases: named
      .flatMap(({ row, zh, en, pinyin }, number) => {
        const own = byCode.get(field(row, "code")) ?? [];
        const known = [zh, field(row, "short_zh"), letters(en), pinyin.replaceAll(" ", "")];
        return otherNames(own, zh, known).map((name) => `${number}\t${name}\t${spoken(name)}`);
      })
      .join("\n"),
    script: scriptPairs(aliases),
  };
}

/** Names under which a search for those that are `known` would not find the place. */
function otherNames(aliases: readonly Alias[], zh: string, known: readonly string[]): string[] {
  const names = aliases
    .filter(({ kind, lang }) => OTHER.has(kind) && lang !== "zh-Hant")
    // English names of towns and of what was renamed are pinyin of the Chinese ones.
    .filter(({ kind, lang }) => lang === "zh" || kind === "variant" || kind === "inner")
    .map(({ kind, text }) => (kind === "town" ? text.replace(new RegExp(`^${zh}`), "") : text))
    .filter((name) => {
      const stem = isChinese(name) ? name.replace(/[市区县]$/u, "") : letters(name);
      return !known.some((own) => own.includes(stem) || (own.length > 1 && stem.startsWith(own)));
    });
  const all = [...new Set(names)];
  return all.filter((name) => !all.some((other) => other !== name && other.startsWith(name)));
}

function spoken(name: string): string {
  return isChinese(name) ? readings(name, "", "").join(" ") : "";
}

function table(name: string): Row[] {
  return rows(readFileSync(new URL(name, DATA), "utf8"));
}

function alias(row: Row): Alias {
  const [code, text] = [field(row, "code"), field(row, "alias")];
  return { code, text, lang: field(row, "lang"), kind: field(row, "kind") };
}

export function places(): Plugin {
  let serving = false;
  return {
    name: "qiuzhu:places",
    configResolved(config) {
      serving = config.command === "serve";
    },
    resolveId: (id) => (id === MODULE ? `\0${MODULE}` : null),
    load(id) {
      if (id !== `\0${MODULE}`) return null;
      for (const name of [REGIONS, ...ALIASES]) {
        this.addWatchFile(fileURLToPath(new URL(name, DATA)));
      }
      if (serving) return 'export default "/places.json";';
      const source = JSON.stringify(placeFile());
      const file = this.emitFile({ type: "asset", name: "places.json", source });
      return `export default import.meta.ROLLUP_FILE_URL_${file};`;
    },
    configureServer(server) {
      server.middlewares.use("/places.json", (_, answer) => {
        answer.setHeader("Content-Type", "application/json");
        answer.end(JSON.stringify(placeFile()));
      });
    },
  };
}
