import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { field, rows } from "../../build/tables.ts";
import { KINDS } from "../state/alert_form.ts";
import { en, zh } from "./alert.ts";

const words = { zh, en };

const read = (path: string) =>
  readFileSync(new URL(`../../../api/${path}`, import.meta.url), "utf8");

/** The strings of a table of words, by their paths. */
function table(text: string): Map<string, string> {
  const found = new Map<string, string>();
  let section = "";
  for (const line of text.split("\n")) {
    section = /^\[alert\.?(.*)\]$/.exec(line)?.[1] ?? section;
    const [, name, said] = /^(\w+) = "(.*)"$/.exec(line) ?? [];
    if (name) found.set([section, name].filter((part) => part).join("."), said ?? "");
  }
  return found;
}

function paths(said: object, above = ""): [string, string][] {
  return Object.entries(said).flatMap(([name, value]) =>
    typeof value === "string" ? [[above + name, value]] : paths(value, `${above}${name}.`),
  );
}

describe.each(["zh", "en"] as const)("in %s", (lang) => {
  it("says what the plain form says", () => {
    const { window: _, regions: __, industries: ___, ...shared } = words[lang];
    const plain = table(read(`pages/words_alert_${lang}.toml`));
    expect(plain.size).toBeGreaterThan(100);
    expect(Object.fromEntries(paths(shared))).toEqual(
      Object.fromEntries(paths(shared).map(([path]) => [path, plain.get(path)])),
    );
  });

  it("offers all provinces and industries", () => {
    const provinces = rows(read("places/data/regions.csv")).filter(
      (row) => row.level === "province",
    );
    expect(Object.entries(words[lang].regions)).toEqual(
      provinces.map((row) => [field(row, "code"), field(row, `name_${lang}`)]),
    );
    const terms = read("terms/data/industry.toml").split("[[term]]").slice(1);
    const value = (term: string, name: string) =>
      new RegExp(`^${name} = "(.*)"$`, "m").exec(term)?.[1];
    const industries = terms.filter((term) => value(term, "parent") === undefined);
    expect(words[lang].industries).toEqual(
      Object.fromEntries(industries.map((term) => [value(term, "code"), value(term, lang)])),
    );
  });

  it("names every kind", () => {
    expect(Object.keys(words[lang].kinds)).toEqual([...KINDS]);
  });
});

it("leaves for the same page as the plain form does", () => {
  const exits = (text: string) => text.match(/"https:[^"]+"/g);
  const own = readFileSync(new URL("../views/alert/index.ts", import.meta.url), "utf8");
  expect(exits(own)).toHaveLength(2);
  expect(exits(own)).toEqual(exits(read("pages/alert/replying.py")));
});
