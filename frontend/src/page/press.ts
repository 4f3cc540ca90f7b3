/** Whether a finger or a button is down: exchanging what is under it would lose the click. */

/** Milliseconds after which a press is not waited for any longer. */
const LONGEST = 2000;

export class Press {
  #down = false;

  constructor(page: Document) {
    const options = { capture: true, passive: true };
    page.addEventListener("pointerdown", () => this.#set(true), options);
    for (const end of ["pointerup", "pointercancel"])
      page.addEventListener(end, () => this.#set(false), options);
  }

  /** Once nothing is pressed; the click that follows a press has been dealt with then. */
  async over(): Promise<void> {
    const begun = performance.now();
    while (this.#down && performance.now() - begun < LONGEST)
      await new Promise((done) => setTimeout(done, 20));
  }

  #set(down: boolean): void {
    // The click comes after the end of its press, in the same turn of the browser or the next.
    if (down) this.#down = true;
    else setTimeout(() => (this.#down = false), 20);
  }
}
