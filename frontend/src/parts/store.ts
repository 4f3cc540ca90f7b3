/** What is known at this moment, in one object, and who wants to hear when it changes. */

export class Store<State extends object> {
  #state: State;
  readonly #listeners = new Set<(state: State) => void>();
  #told = false;

  constructor(state: State) {
    this.#state = state;
  }

  get state(): State {
    return this.#state;
  }

  /** Changes some of it; listeners hear of several changes in one go. */
  set(changes: Partial<State>): void {
    this.#state = { ...this.#state, ...changes };
    if (this.#told) return;
    this.#told = true;
    queueMicrotask(() => {
      this.#told = false;
      for (const listener of this.#listeners) listener(this.#state);
    });
  }

  listen(listener: (state: State) => void): void {
    this.#listeners.add(listener);
  }
}
