/** Chromium as it is measured: started quietly, drawing WebGL without a graphics card. */
import { chromium } from "../../../frontend/node_modules/playwright-core/index.mjs";

export const FLAGS = [
  "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader",
  "--no-sandbox",
  // What a browser asks of its maker by itself.
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

export const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
export const WIDE = { viewport: { width: 1440, height: 900 } };

/** Opens a page of `kind` with nothing cached, hands it to `work` and closes the browser. */
export async function withPage(program, kind, work) {
  const browser = await chromium.launch({ executablePath: program, args: FLAGS });
  try {
    const context = await browser.newContext({ ...kind, locale: "zh-CN", reducedMotion: "reduce" });
    return await work(await context.newPage());
  } finally {
    await browser.close();
  }
}

/** Resolves once nothing has been asked for during `rest` milliseconds. Call before what asks. */
export function quiet(page, rest = 500) {
  const running = new Set();
  let last = Date.now();
  const begun = (request) => {
    running.add(request);
    last = Date.now();
  };
  const ended = (request) => {
    running.delete(request);
    last = Date.now();
  };
  page.on("request", begun);
  page.on("requestfinished", ended);
  page.on("requestfailed", ended);
  return async (limit = 60_000) => {
    const until = Date.now() + limit;
    last = Date.now();
    while (running.size > 0 || Date.now() - last < rest) {
      if (Date.now() > until) {
        throw new Error(`still asking for ${[...running].map((one) => one.url()).join(" ")}`);
      }
      await new Promise((done) => setTimeout(done, 20));
    }
  };
}
