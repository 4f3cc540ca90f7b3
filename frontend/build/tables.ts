/** Reads the CSV tables that the build is given. */

export type Row = Readonly<Record<string, string>>;

/** The rows of a table whose cells hold no line breaks, by the names in its first line. */
export function rows(text: string): Row[] {
  const [head = [], ...lines] = text.trim().split(/\r?\n/).map(cells);
  return lines.map((line) => Object.fromEntries(head.map((name, at) => [name, line[at] ?? ""])));
}

function cells(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? "",
  );
}

export function field(row: Row, name: string): string {
  const value = row[name];
  if (value === undefined) throw new Error(`the table has no column ${name}`);
  return value;
}
