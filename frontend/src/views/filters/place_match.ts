/** Finds places by what somebody types: Chinese in either script, pinyin, its initials, English. */
import { isChinese, letters, type Place, type PlaceIndex, type Spelling } from "./place_index.ts";

export interface Found {
  readonly place: Place;
  /** The other name that was meant (虎门镇), where it is neither the Chinese nor the English one. */
  readonly other: string | null;
}

/** What kind of place a name ends with; people leave it out, or keep one that has changed. */
const KIND = /(?:省|市|区|县|镇|地区|盟|(?:壮族|回族|维吾尔)?自治区)$/u;

interface Query {
  readonly chinese: boolean;
  /** As it is compared with Chinese and English names. */
  readonly plain: string;
  /** As it is compared with pinyin: ü is v. */
  readonly spoken: string;
}

/** The best `most` matches: exact names first, then larger places, then those with more cases. */
export function findPlaces(
  index: PlaceIndex,
  text: string,
  counts: ReadonlyMap<string, number>,
  most = 12,
): Found[] {
  const query = folded(index, text);
  if (query.plain === "") return [];
  const found = matches(index, query);
  const bare = query.plain.replace(KIND, "");
  const all =
    found.length > 0 || bare.length < 2 ? found : matches(index, { ...query, plain: bare });
  const count = ({ place }: Found) => counts.get(place.code) ?? 0;
  return all
    .sort((a, b) => a.rank - b.rank || a.place.depth - b.place.depth || count(b) - count(a))
    .slice(0, most)
    .map(({ place, other }) => ({ place, other }));
}

function folded(index: PlaceIndex, text: string): Query {
  const lower = text.normalize("NFKC").toLowerCase();
  if (!isChinese(lower)) {
    return { chinese: false, plain: letters(lower), spoken: letters(lower.replaceAll("ü", "v")) };
  }
  const same = [...lower.replace(/[^\p{L}]/gu, "")].map((one) => index.script.get(one) ?? one);
  return { chinese: true, plain: same.join(""), spoken: "" };
}

function matches(index: PlaceIndex, query: Query): (Found & { readonly rank: number })[] {
  const heads = new Map<Place, Query>();
  const all = [];
  for (const place of index.places) {
    // Places stand after those above them, so what their names begin with is known by now.
    const rest = headOf(place, heads);
    const below = rest === null ? null : match(place, rest);
    const own = match(place, query);
    const best = own ?? (below !== null && below.rank < 2 ? { ...below, rank: 2 } : null);
    if (best !== null) all.push({ place, ...best });
    if (place.depth < 2) rememberHead(heads, place, rest ?? query);
  }
  return all;
}

/** 广东深圳: what is left of the query after the name of a place above this one. */
function headOf(place: Place, heads: ReadonlyMap<Place, Query>): Query | null {
  for (let above = place.above; above !== null; above = above.above) {
    const rest = heads.get(above);
    if (rest !== undefined) return rest;
  }
  return null;
}

function rememberHead(heads: Map<Place, Query>, place: Place, query: Query): void {
  const [zh, en] = place.spellings;
  const names = query.chinese ? [zh?.plain, zh?.plain.replace(KIND, "")] : [en?.plain];
  const head = names.find(
    (name) => name !== undefined && name !== "" && query.plain.startsWith(name),
  );
  if (head === undefined || head.length === query.plain.length) return;
  const left = query.plain.slice(head.length);
  heads.set(place, { ...query, plain: left, spoken: query.chinese ? "" : left });
}

function match(place: Place, query: Query): { other: string | null; rank: number } | null {
  let best: { other: string | null; rank: number } | null = null;
  place.spellings.forEach((spelling, number) => {
    const rank = query.chinese ? rankChinese(spelling, query.plain) : rankLatin(spelling, query);
    if (rank === null || (best !== null && best.rank <= rank)) return;
    best = { rank, other: number > 1 ? spelling.text : null };
  });
  return best;
}

function rankChinese({ plain }: Spelling, name: string): number | null {
  if (!plain.includes(name)) return null;
  if (plain === name || plain.replace(KIND, "") === name) return 0;
  return plain.startsWith(name) ? 1 : 3;
}

function rankLatin(spelling: Spelling, { plain, spoken }: Query): number | null {
  if (spelling.pinyin === "") {
    if (isChinese(spelling.plain) || !spelling.plain.startsWith(plain)) return null;
    return spelling.plain === plain ? 0 : 1;
  }
  if (spelling.pinyin.startsWith(spoken) || spelling.flat.startsWith(plain)) return 1;
  return plain.length > 1 && spelling.initials.startsWith(plain) ? 2 : null;
}
