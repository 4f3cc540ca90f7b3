/** Debian's Chromium by playwright-core, and a page whose every request and fault is noted. */
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";

const FLAGS = [
  // Draws WebGL without a graphics card.
  "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader",
  "--no-sandbox",
  // What a browser asks of its maker by itself.
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

export const WIDE = { width: 1440, height: 900 };
export const PHONE = { width: 390, height: 844 };

export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: "/usr/bin/chromium", args: FLAGS });
}

/** What went on in a page, for the assertions that hold everywhere. */
export interface Watched {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Origins that were asked for anything. */
  readonly origins: Set<string>;
  /** Errors of scripts, refusals by the content policy, dialogs. */
  readonly faults: string[];
}

export interface Kind {
  readonly viewport?: { width: number; height: number };
  readonly locale?: string;
  readonly dark?: boolean;
  readonly scripts?: boolean;
}

export async function open(browser: Browser, kind: Kind = {}): Promise<Watched> {
  const context = await browser.newContext({
    viewport: kind.viewport ?? WIDE,
    locale: kind.locale ?? "zh-CN",
    colorScheme: kind.dark ? "dark" : "light",
    javaScriptEnabled: kind.scripts ?? true,
    reducedMotion: "reduce",
    acceptDownloads: true,
  });
  const page = await context.newPage();
  const origins = new Set<string>();
  const faults: string[] = [];
  page.on("request", (request) => {
    const { origin, protocol } = new URL(request.url());
    if (protocol !== "data:" && protocol !== "blob:") origins.add(origin);
  });
  page.on("pageerror", (error) => faults.push(`error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(`console: ${message.text()}`);
  });
  page.on("dialog", (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  return { page, context, origins, faults };
}
