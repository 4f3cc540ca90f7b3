/** Nothing about a visitor is kept, nothing is asked elsewhere, and the content policy really holds. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { launch, open } from "./chromium.ts";

const { address } = inject("site");

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

it("keeps nothing in the browser over a visit", async () => {
  const { page, context, origins } = await open(browser);
  for (const path of ["/", "/graphs", "/about", "/privacy", "/alert", "/?show=map"]) {
    await page.goto(address + path);
    await page.waitForLoadState("networkidle");
  }
  await page.goto(address);
  await page.click("article[data-case] a");
  await page.waitForSelector("main.case article[data-case]");
  expect(await context.cookies()).toEqual([]);
  const kept = await page.evaluate(async () => ({
    local: localStorage.length,
    session: sessionStorage.length,
    databases: (await indexedDB.databases()).length,
    caches: (await caches.keys()).length,
    workers: (await navigator.serviceWorker.getRegistrations()).length,
  }));
  expect(kept).toEqual({ local: 0, session: 0, databases: 0, caches: 0, workers: 0 });
  expect([...origins]).toEqual([address]);
});

it.each(["/", "/about", "/graphs"])("refuses what the policy refuses at %s", async (path) => {
  const elsewhere = createServer((_, answer) => answer.end("<p>foreign</p>")).listen(0);
  const foreign = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`;
  const asked: string[] = [];
  elsewhere.on("request", (request) => asked.push(request.url ?? ""));
  try {
    const { page, context } = await open(browser);
    await page.goto(address + path);
    const effects = await page.evaluate(async (origin) => {
      const failed = (start: (done: (failed: boolean) => void) => void) =>
        new Promise<boolean>((resolve) => start(resolve));
      const element = (name: string, attribute: string, value: string) =>
        failed((done) => {
          const made = document.createElement(name);
          made.onload = () => done(false);
          made.onerror = () => done(true);
          try {
            made.setAttribute(attribute, value);
          } catch {
            done(true);
          }
          document.body.append(made);
        });
      const raises = (run: () => unknown) => {
        try {
          run();
          return false;
        } catch {
          return true;
        }
      };
      const inline = document.createElement("script");
      const hurt = window as { inlineRan?: boolean };
      raises(() => {
        inline.textContent = "window.inlineRan = true";
      });
      document.body.append(inline);
      // Later, because what a debugger runs is free of the policy.
      const evaluation = await failed((done) => {
        // biome-ignore lint/security/noGlobalEval: that it is refused is what is tested
        setTimeout(() => done(raises(() => eval("1"))));
      });
      document.body.setAttribute("style", "outline: 7px solid red");
      return {
        inline: hurt.inlineRan === undefined,
        evaluation,
        markup: raises(() => {
          document.createElement("p").innerHTML = "<b>x</b>";
        }),
        worker: raises(() => new Worker(URL.createObjectURL(new Blob(["1"])))),
        image: await element("img", "src", `${origin}/image.png`),
        fetched: await fetch(`${origin}/data`).then(
          () => false,
          () => true,
        ),
        style: getComputedStyle(document.body).outlineWidth !== "7px",
      };
    }, foreign);
    expect(effects).toEqual({
      inline: true,
      evaluation: true,
      markup: true,
      worker: true,
      image: true,
      fetched: true,
      style: true,
    });
    await page.evaluate((origin) => {
      const frame = document.createElement("iframe");
      frame.src = `${origin}/frame`;
      document.body.append(frame);
    }, foreign);
    await page.waitForTimeout(500);
    expect(asked).toEqual([]);
    await context.close();
  } finally {
    elsewhere.close();
  }
});

it("cannot be put into a frame of another site", async () => {
  const outside = createServer((_, answer) => {
    answer.setHeader("content-type", "text/html");
    answer.end(`<iframe src="${address}/"></iframe>`);
  }).listen(0);
  try {
    const { page } = await open(browser);
    await page.goto(`http://127.0.0.1:${(outside.address() as AddressInfo).port}/`);
    await page.waitForTimeout(1000);
    const inside = page.frames().find((frame) => frame !== page.mainFrame());
    expect(await inside?.$("#app")).toBeNull();
  } finally {
    outside.close();
  }
});
