/**
 * Which traditional characters of place names are which simplified ones: from names in both
 * scripts, and from a converter for forms that the names do not use (廈 beside 厦).
 */
import { Converter } from "opencc-js/cn2t";
import { pinyin } from "pinyin-pro";

/** One row of a table of names, as far as it is read. */
export interface Alias {
  readonly code: string;
  readonly text: string;
  readonly lang: string;
  readonly kind: string;
}

const CONVERTERS = (["t", "tw", "hk"] as const).map((to) => Converter({ from: "cn", to }));

/** Every traditional character that differs, each followed by its simplified form. */
export function scriptPairs(aliases: readonly Alias[]): string {
  const simplified = new Map<string, string[]>();
  const key = ({ code, kind }: Alias) => `${code} ${kind}`;
  for (const alias of aliases.filter(({ lang }) => lang === "zh")) {
    simplified.set(key(alias), [...(simplified.get(key(alias)) ?? []), alias.text]);
  }
  const pairs = new Map<string, string>();
  const used = new Set(
    aliases.filter(({ lang }) => lang === "zh").flatMap(({ text }) => [...text]),
  );
  for (const convert of CONVERTERS) {
    for (const character of used) pairs.set(convert(character), character);
  }
  for (const alias of aliases.filter(({ lang }) => lang === "zh-Hant")) {
    const twin = simplified.get(key(alias))?.find((text) => sameName(alias.text, text));
    [...alias.text].forEach((character, at) => {
      const plain = [...(twin ?? "")][at];
      if (plain !== undefined && plain !== character) pairs.set(character, plain);
    });
  }
  // A character that is itself a simplified one in some name stays what it is.
  return [...pairs]
    .filter(([from]) => !used.has(from))
    .flat()
    .join("");
}

function sameName(traditional: string, simplified: string): boolean {
  return traditional.length === simplified.length && sound(traditional) === sound(simplified);
}

function sound(name: string): string {
  return pinyin(name, { toneType: "none" });
}
