/** The house's laws for the page, each as a test: who may import what, touch what, or grow long. */
import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";

const SRC = import.meta.dirname;
const CEILING = 250;
const GENERATED = new Set(["api/schema.d.ts"]);
const FORBIDDEN = /^(utils?|helpers?|common|misc|managers?|services?|logic)(\.|$)/;
const ASKED = /^(location\.(origin|href)|\{ origin \} = location)$/;
const GLOBALS = new Set(["window", "globalThis", "self", "document"]);

const files = readdirSync(SRC, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.(ts|css)$/.test(entry.name))
  .map((entry) => relative(SRC, join(entry.parentPath, entry.name)))
  .filter((name) => !GENERATED.has(name))
  .sort();
const modules = files.filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"));

function textOf(name: string): string {
  return readFileSync(join(SRC, name), "utf8");
}

const parsed = new Map<string, ts.Node[]>();

function nodesOf(name: string): ts.Node[] {
  const known = parsed.get(name);
  if (known !== undefined) return known;
  const source = ts.createSourceFile(name, textOf(name), ts.ScriptTarget.ES2022, true);
  const found: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(source);
  parsed.set(name, found);
  return found;
}

/** What a module really loads, as a package's name or a path below src/; types are erased. */
function importsOf(name: string): string[] {
  return nodesOf(name).flatMap((node) => {
    if (ts.isImportDeclaration(node) && node.importClause?.isTypeOnly) return [];
    if (ts.isExportDeclaration(node) && node.isTypeOnly) return [];
    const loaded =
      ts.isImportDeclaration(node) || ts.isExportDeclaration(node)
        ? node.moduleSpecifier
        : ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword
          ? node.arguments[0]
          : undefined;
    if (loaded === undefined || !ts.isStringLiteralLike(loaded)) return [];
    return [loaded.text.startsWith(".") ? join(dirname(name), loaded.text) : loaded.text];
  });
}

/** The names that a module takes from the browser: `x` that is none of its own, `window.x`. */
function takenFromBrowser(name: string): Set<string> {
  const taken = new Set<string>();
  const own = new Set<string>();
  for (const node of nodesOf(name)) {
    if (!ts.isIdentifier(node)) continue;
    const { parent } = node;
    if (ts.isPropertyAccessExpression(parent) && parent.name === node) {
      const { expression } = parent;
      if (ts.isIdentifier(expression) && GLOBALS.has(expression.text)) taken.add(`.${node.text}`);
    } else if (!("name" in parent && parent.name === node)) {
      taken.add(node.text);
    } else if (!ts.isPropertyAssignment(parent) && !ts.isPropertySignature(parent)) {
      own.add(node.text);
    }
  }
  return new Set([...taken].filter((word) => !own.has(word)).map((word) => word.replace(".", "")));
}

/** What is done with `location`, as the source has it. */
function locationsOf(name: string): string[] {
  if (!takenFromBrowser(name).has("location")) return [];
  return nodesOf(name)
    .filter((node) => ts.isIdentifier(node) && node.text === "location")
    .map(({ parent }) => {
      const whole = ts.isPropertyAccessExpression(parent) ? parent.parent : parent;
      return ts.isBinaryExpression(whole) ? whole.getText() : parent.getText();
    });
}

/** Every member that a module reads or sets, of whatever object. */
function membersOf(name: string): Set<string> {
  const accesses = nodesOf(name).filter(ts.isPropertyAccessExpression);
  return new Set(accesses.map((node) => node.name.text));
}

function touching(words: string[], of: (name: string) => Set<string>): string[] {
  return modules.filter((name) => words.some((word) => of(name).has(word)));
}

/** All that `entry` loads, at once or later. */
function loadedFrom(entry: string): Set<string> {
  const found = new Set<string>();
  const waiting = [entry];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (found.has(name) || !modules.includes(name)) continue;
    found.add(name);
    waiting.push(...importsOf(name));
  }
  return found;
}

describe("imports", () => {
  const views = modules.filter((name) => name.startsWith("views/"));
  const rooms = modules.filter((name) => name.startsWith("staff/views/"));

  test.each(views)("%s draws what it is given", (name) => {
    expect(importsOf(name).filter((path) => /^(api|map)\/|^maplibre-gl/.test(path))).toEqual([]);
  });

  test.each(rooms)("%s draws what it is given", (name) => {
    expect(importsOf(name).filter((path) => /^(staff\/)?api\//.test(path))).toEqual([]);
  });

  test("the page's readers load nothing of the console", () => {
    const page = loadedFrom("main.ts");
    expect(page.size).toBeGreaterThan(50);
    expect([...page].filter((name) => name.startsWith("staff/"))).toEqual([]);
    const words = modules.filter((name) => importsOf(name).includes("i18n/staff.ts"));
    expect(words.filter((name) => !name.startsWith("staff/"))).toEqual([]);
    const console = loadedFrom("staff/main.ts");
    expect([...console].filter((name) => /^(api|map|page|state|views)\//.test(name))).toEqual([]);
    // What both are made of knows neither.
    const parts = modules.filter((name) => name.startsWith("parts/"));
    const ours = parts.flatMap(importsOf).filter((path) => path.includes("/"));
    expect(ours.filter((path) => !/^(parts|lit-html)\//.test(path))).toEqual([]);
    // Every module is parsed once, on whatever is left of a core.
  }, 60_000);

  test("only map/ loads the map library", () => {
    const loading = modules.filter((name) =>
      importsOf(name).some((path) => path.startsWith("maplibre-gl")),
    );
    expect(loading.filter((name) => !name.startsWith("map/"))).toEqual([]);
  });
});

describe("the browser", () => {
  test("only state/url.ts touches the address; others may ask where they are", () => {
    const owners = ["staff/state/url.ts", "state/url.ts"];
    expect(touching(["history"], takenFromBrowser)).toEqual(owners);
    const touched = modules.filter((name) => locationsOf(name).some((use) => !ASKED.test(use)));
    expect(touched).toEqual(owners);
  });

  test("of the console, only staff/api asks", () => {
    const words = ["fetch", "XMLHttpRequest", "EventSource", "WebSocket", "Worker"];
    const asking = [...touching(words, takenFromBrowser), ...touching(["sendBeacon"], membersOf)];
    const staff = asking.filter((name) => name.startsWith("staff/"));
    expect(staff).toEqual(["staff/api/client.ts"]);
  });

  test("views ask nobody", () => {
    const words = ["fetch", "XMLHttpRequest", "EventSource", "WebSocket"];
    const asking = [...touching(words, takenFromBrowser), ...touching(["sendBeacon"], membersOf)];
    expect(asking.filter((name) => !/^(api|map|state|staff\/api)\//.test(name))).toEqual([]);
  });

  test("nothing is stored with the reader", () => {
    const words = ["localStorage", "sessionStorage", "indexedDB", "caches", "cookie"];
    expect(touching(words, takenFromBrowser)).toEqual([]);
  });

  test("no string becomes markup or code", () => {
    const words = ["unsafeHTML", "unsafeSVG", "unsafeMathML", "unsafeStatic", "DOMParser"];
    const calls = ["eval", "Function", "write", "writeln"];
    expect(touching([...words, ...calls], takenFromBrowser)).toEqual([]);
    const members = ["innerHTML", "outerHTML", "insertAdjacentHTML", "setHTMLUnsafe", "setHTML"];
    expect(touching([...members, "createContextualFragment"], membersOf)).toEqual([]);
  });

  test("no style attribute, which the policy would block", () => {
    const styled = modules.filter((name) => /<[a-z][^>]*\sstyle=/.test(textOf(name)));
    expect(styled).toEqual([]);
  });
});

test.each(files)("%s stays readable", (name) => {
  const text = textOf(name);
  // The words of a language are a table.
  const long = name.startsWith("i18n/") ? Number.POSITIVE_INFINITY : CEILING;
  expect(text.trimEnd().split("\n").length).toBeLessThanOrEqual(long);
  expect(basename(name)).not.toMatch(FORBIDDEN);
  expect(name.split("/").length, "folders are at most two deep below src/").toBeLessThanOrEqual(3);
  const opens = text.startsWith("/*") || name.endsWith(".test.ts");
  expect(opens, "a module opens with what it owns").toBe(true);
});
