/**
 * One file with the licences of all that the bundle holds: the packages whose modules are in it,
 * and what those packages were themselves made of before they were published.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import type { Plugin } from "vite";

const MODULES = resolve(import.meta.dirname, "../node_modules");
const LICENCE = /^(licen[cs]e|copying|notice)/i;

interface Package {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly dependencies?: Record<string, string>;
}

/** The folder of the package that a module belongs to, or null for one of our own. */
export function packageOf(module: string): string | null {
  const path = module.replace(/^\0/, "").replace(/\?.*$/, "");
  return /^.*\/node_modules\/(?:@[^/]+\/)?[^/.][^/]*(?=\/)/.exec(path)?.[0] ?? null;
}

function read(folder: string): Package {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Package;
}

/** All packages that were made part of these, by folder; what cannot be found was not installed. */
export function closure(folders: Iterable<string>): Map<string, Package> {
  const found = new Map<string, Package>();
  const waiting = [...folders];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    if (found.has(folder)) continue;
    const told = read(folder);
    found.set(folder, told);
    const within = createRequire(join(folder, "package.json")).resolve;
    for (const name of Object.keys(told.dependencies ?? {})) {
      // Types are erased before anything is bundled.
      if (name.startsWith("@types/")) continue;
      const paths = within.paths(name) ?? [];
      const home = paths.map((path) => join(path, name)).find((path) => existsSync(path));
      if (home !== undefined) waiting.push(home);
    }
  }
  return found;
}

/** A package's licence files, word for word; some keep those of others in a folder. */
function textsOf(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => LICENCE.test(name))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (!entry.isDirectory()) return [readFileSync(path, "utf8").trim()];
    const within = readdirSync(path).sort();
    return within.map((name) => `${name}:\n${readFileSync(join(path, name), "utf8").trim()}`);
  });
}

/** The file's text: a heading per package, then its licence. */
export function licenceText(packages: Map<string, Package>): string {
  const parts = [...packages].map(([folder, { name, version, license }]) =>
    [`## ${name} ${version} (${license ?? "see its text"})`, ...textsOf(folder)].join("\n\n"),
  );
  const head = "The page is made with these packages. Each stands under its own licence.";
  return `${[head, ...parts.sort()].join("\n\n\n")}\n`;
}

/**
 * The plugin, and the one that tells it of modules bundled for workers, which Vite builds apart.
 * `data` names packages of which only data is taken, without what they were made of.
 */
export function licences(data: string[]): { main: Plugin; worker: Plugin } {
  const folders = new Set<string>();
  const note = (modules: Iterable<string>) => {
    for (const module of modules) {
      const folder = packageOf(module);
      if (folder !== null) folders.add(folder);
    }
  };
  const collect: Plugin["generateBundle"] = function collect(_, bundle) {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type === "chunk") note(chunk.moduleIds);
    }
  };
  return {
    worker: { name: "qiuzhu:licences-of-workers", apply: "build", generateBundle: collect },
    main: {
      name: "qiuzhu:licences",
      apply: "build",
      generateBundle(options, bundle, writing) {
        collect.call(this, options, bundle, writing);
        const packages = closure(folders);
        for (const name of data) {
          const folder = join(MODULES, name);
          packages.set(folder, read(folder));
        }
        this.emitFile({ type: "asset", name: "licences.txt", source: licenceText(packages) });
      },
    },
  };
}
