/** Starts the site (site.py) before the tests and stops it after them, by its own process. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    site: Site;
  }
}

/** What site.py says of itself. */
export interface Site {
  readonly address: string;
  /** The ids of the cases with hostile text. */
  readonly hostile: readonly string[];
}

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

export async function start(...options: string[]): Promise<{ site: Site; stop(): Promise<void> }> {
  const python = `${ROOT}.venv/bin/python`;
  const child = spawn(python, ["-m", "tests.browser.site", ...options], {
    cwd: ROOT,
    stdio: ["pipe", "pipe", "inherit"],
  });
  const line = await firstLine(child);
  return { site: JSON.parse(line) as Site, stop: () => stopped(child) };
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error("the site has no output");
  for await (const line of createInterface(child.stdout)) return line;
  throw new Error("the site ended before it answered");
}

async function stopped(child: ChildProcess): Promise<void> {
  child.stdin?.end();
  if (child.exitCode === null) await once(child, "exit");
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { site, stop } = await start();
  project.provide("site", site);
  return stop;
}
