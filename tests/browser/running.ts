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

/** How many rows the site's intake holds. */
export interface Stored {
  readonly alerts: number;
  readonly files: number;
  readonly additions: number;
}

/** A site of one's own; `tell` says what staff decide of its alerts, and answers what is stored. */
export interface Started {
  readonly site: Site;
  tell(state?: string): Promise<Stored>;
  stop(): Promise<void>;
}

export async function start(...options: string[]): Promise<Started> {
  const python = `${ROOT}.venv/bin/python`;
  const child = spawn(python, ["-m", "tests.browser.site", ...options], {
    cwd: ROOT,
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const next = async (): Promise<string> => {
    const { value, done } = await lines.next();
    if (done) throw new Error("the site ended before it answered");
    return value;
  };
  const site = JSON.parse(await next()) as Site;
  const tell = async (state = ""): Promise<Stored> => {
    child.stdin.write(`${state}\n`);
    return JSON.parse(await next());
  };
  return { site, tell, stop: () => stopped(child) };
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
