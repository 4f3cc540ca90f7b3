/** The desk in a browser: its site (desk_site.py) started for one file, and people who log in. */
import { type ChildProcess, spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { AxeResults } from "axe-core";
import type { Browser, Page } from "playwright-core";
import { open, type Watched, WIDE } from "./chromium.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const packages = createRequire(new URL("../../frontend/package.json", import.meta.url));
const AXE = readFileSync(packages.resolve("axe-core/axe.min.js"), "utf8");
const COOKIE = "__Host-qiuzhu";
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

export type Name = "zhao" | "qian" | "sun" | "zhou" | "wu";
export type Lang = "zh" | "en";

/** What desk_site.py says of itself. */
export interface DeskSite {
  readonly desk: string;
  readonly public: string;
  /** Two pairs that tell the same, a case with a broken promise, a strike; all are public. */
  readonly cases: readonly [string, string, string, string, string, string];
  readonly people: Readonly<Record<Name, { readonly password: string; readonly secret: string }>>;
}

export interface Viewed extends Watched {
  readonly origin: string;
}

export class Desk {
  readonly site: DeskSite;
  readonly #child: ChildProcess;
  readonly #next: () => Promise<string>;
  readonly #cookies = new Map<Name, string>();

  private constructor(site: DeskSite, child: ChildProcess, next: () => Promise<string>) {
    this.site = site;
    this.#child = child;
    this.#next = next;
  }

  static async start(): Promise<Desk> {
    const more = process.env.DESK_FRONTEND ? ["--frontend", process.env.DESK_FRONTEND] : [];
    const child = spawn(`${ROOT}.venv/bin/python`, ["-m", "tests.browser.desk_site", ...more], {
      cwd: ROOT,
      stdio: ["pipe", "pipe", "inherit"],
    });
    const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
    const next = async (): Promise<string> => {
      const { value, done } = await lines.next();
      if (done) throw new Error("the desk ended before it answered");
      return value;
    };
    return new Desk(JSON.parse(await next()) as DeskSite, child, next);
  }

  async tell(line: string): Promise<Record<string, number>> {
    this.#child.stdin?.write(`${line}\n`);
    return JSON.parse(await this.#next());
  }

  async stop(): Promise<void> {
    this.#child.stdin?.end();
    if (this.#child.exitCode === null) await once(this.#child, "exit");
  }

  /** A browser of somebody who has logged in; by the form the first time, since a code counts once. */
  async enter(
    browser: Browser,
    name: Name,
    lang: Lang,
    kind: Parameters<typeof open>[1] = {},
  ): Promise<Viewed> {
    const watched = await open(browser, {
      viewport: WIDE,
      locale: lang === "zh" ? "zh-CN" : "en-GB",
      ...kind,
    });
    const { page, context } = watched;
    const held = this.#cookies.get(name);
    if (held === undefined) {
      await this.login(page, name, lang);
      const cookies = await context.cookies();
      this.#cookies.set(name, cookies.find((one) => one.name === COOKIE)?.value ?? "");
    } else {
      const { hostname } = new URL(this.site.desk);
      const cookie = { name: COOKIE, value: held, domain: hostname, path: "/" };
      await context.addCookies([{ ...cookie, secure: true, httpOnly: true, sameSite: "Strict" }]);
      await page.goto(`${this.site.desk}/cases?lang=${lang}`);
      await page.waitForSelector("main [data-row]");
    }
    // Before anybody is known the console asks who it is, and hears 401.
    watched.faults.length = 0;
    return { ...watched, origin: this.site.desk };
  }

  async login(page: Page, name: Name, lang: Lang): Promise<void> {
    const { password, secret } = this.site.people[name];
    await page.goto(`${this.site.desk}/cases?lang=${lang}`);
    await page.fill("input[name=name]", name);
    await page.fill("input[name=password]", password);
    await page.fill("input[name=code]", code(secret));
    await page.keyboard.press("Enter");
    await page.waitForSelector("main [data-row]");
  }
}

/** What an authenticator shows now (RFC 6238). */
export function code(secret: string, now = Date.now()): string {
  let bits = "";
  for (const sign of secret) bits += ALPHABET.indexOf(sign).toString(2).padStart(5, "0");
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(now / 30_000)));
  const hash = createHmac("sha1", key).update(step).digest();
  const at = (hash[19] ?? 0) & 15;
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

/** By the debugging protocol, which the console's content policy does not bind. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const found = (await page.evaluate(() =>
    (window as unknown as { axe: { run(): Promise<unknown> } }).axe.run(),
  )) as AxeResults;
  return found.violations.flatMap((each) =>
    each.nodes.map((node) => `${each.id}: ${node.target.join(" ")} ${node.html.slice(0, 160)}`),
  );
}

/** Presses Tab until the focus is on what `selector` names, and looks whether it can be seen. */
export async function tabTo(
  page: Page,
  selector: string,
  key: "Tab" | "Shift+Tab" = "Tab",
): Promise<void> {
  for (let pressed = 0; pressed < 200; pressed++) {
    const seen = await page.evaluate((wanted) => {
      const focused = document.activeElement;
      if (!(focused instanceof HTMLElement) || !focused.matches(wanted)) return null;
      const { top, bottom } = focused.getBoundingClientRect();
      const outlined = getComputedStyle(focused).outlineStyle !== "none";
      return outlined && bottom > 0 && top < innerHeight;
    }, selector);
    if (seen === true) return;
    if (seen === false) throw new Error(`${selector} has no focus that can be seen`);
    await page.keyboard.press(key);
  }
  throw new Error(`the keyboard does not reach ${selector}`);
}
