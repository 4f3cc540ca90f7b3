/** What a cold start transfers on a phone: until the list stands, and until the map does. */
import { PHONE, quiet, withPage } from "./chromium.mjs";

/** Bytes as they came over the line, heads included: of the list, then with the first map view. */
export function weight({ program, url }) {
  return withPage(program, PHONE, async (page) => {
    const asked = [];
    page.on("request", (request) => asked.push(request));
    const settled = quiet(page);
    await page.goto(url);
    await page.waitForSelector("article[data-case]");
    await settled();
    const list = await sizes(asked);
    await page.click('button[data-show="map"]');
    await page.waitForSelector("section.map[data-status='ready'][data-in-view]");
    await settled();
    return { list, map: await sizes(asked) };
  });
}

async function sizes(requests) {
  const files = {};
  for (const request of requests) {
    const response = await request.response();
    const { responseBodySize, responseHeadersSize } = await request.sizes();
    // Chromium says 0 of a worker's own script; the server says how long it is.
    const body = responseBodySize || Number(response?.headers()["content-length"] ?? 0);
    const name = new URL(request.url()).pathname;
    files[name] = (files[name] ?? 0) + body + responseHeadersSize;
  }
  return { bytes: Object.values(files).reduce((sum, one) => sum + one, 0), files };
}
