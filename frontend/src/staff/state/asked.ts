/** Something asked for: the last answer stays while the next is on its way, and when it fails. */
import { Refusal } from "../api/client.ts";
import type { Desk } from "./desk.ts";

export class Asked<T> {
  data: T | null = null;
  status: "idle" | "loading" | "ready" | "failed" = "idle";
  refusal: Refusal | null = null;
  readonly #desk: Desk;
  #asking = 0;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** The answer; null where it was refused, or came after a later question was asked. */
  async ask(question: () => Promise<T>): Promise<T | null> {
    this.#asking += 1;
    const asking = this.#asking;
    this.status = "loading";
    this.#desk.changed();
    try {
      const answer = await question();
      if (asking !== this.#asking) return null;
      this.set(answer);
      return answer;
    } catch (error) {
      if (asking !== this.#asking) return null;
      if (!(error instanceof Refusal)) throw error;
      this.refusal = error;
      this.status = "failed";
      this.#desk.changed();
      return null;
    }
  }

  /** What is known without asking, as from the answer to an act. */
  set(data: T): void {
    this.data = data;
    this.refusal = null;
    this.status = "ready";
    this.#desk.changed();
  }

  /** Forgets the answer and whatever is on its way. */
  clear(): void {
    this.#asking += 1;
    this.data = null;
    this.refusal = null;
    this.status = "idle";
  }
}
