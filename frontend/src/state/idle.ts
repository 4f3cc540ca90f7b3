/** Giving way to what the browser has to do. */

/** Milliseconds after which it goes on although the browser is busy. */
const PATIENCE = 500;

/** Until it has nothing more urgent to do. */
export function idle(): Promise<void> {
  return new Promise((done) => {
    // Safari cannot say when it is idle.
    if (typeof requestIdleCallback === "undefined") setTimeout(done, 16);
    else requestIdleCallback(() => done(), { timeout: PATIENCE });
  });
}

/** Until what is there has been shown; a page in the background shows nothing and goes on. */
export function painted(): Promise<void> {
  return new Promise((done) => {
    requestAnimationFrame(() => setTimeout(done));
    setTimeout(done, PATIENCE);
  });
}
