/** Who is there: asked at the start, logging in and out, and the password that has to be changed. */
import { ask, heed, type Refusal } from "../api/client.ts";
import type { Me } from "../api/types.ts";
import type { Desk } from "./desk.ts";
import { forget } from "./url.ts";

/** The server ends a session after as many milliseconds without a question; nothing stays in view. */
const IDLE = 30 * 60_000;

export class Session {
  /** What the login was answered, for the form to say. */
  refusal: Refusal | null = null;
  /** The session ended while somebody worked; what was typed is still there. */
  ended = false;
  /** A request at the start did not come through. */
  away = false;
  #seen = 0;
  readonly #desk: Desk;
  /** Told when another person comes than was there before: what is in memory is not theirs. */
  readonly #changed: () => void;
  #before: string | null = null;

  constructor(desk: Desk, changed: () => void) {
    this.#desk = desk;
    this.#changed = changed;
    heed((refusal) => this.#heard(refusal));
  }

  async start(): Promise<void> {
    this.away = false;
    this.#desk.changed();
    const answered = await this.#desk.act(
      () => ask<Me>("GET", "/staff/me"),
      () => true,
    );
    if (answered) this.#enter(answered.answer);
    else if (this.#desk.state.me === undefined) {
      this.away = true;
      this.#desk.changed();
    }
  }

  async login(name: string, password: string, code: string): Promise<boolean> {
    this.refusal = null;
    const answered = await this.#desk.act(
      () => ask<Me>("POST", "/staff/login", { name, password, code }),
      (refusal) => {
        this.refusal = refusal;
        return true;
      },
    );
    if (answered) this.#enter(answered.answer);
    return answered !== null;
  }

  async change(old: string, fresh: string, code: string): Promise<boolean> {
    const body = { old, new: fresh, code };
    const answered = await this.#desk.act(() => ask("POST", "/staff/password", body));
    if (answered === null) return false;
    const { me } = this.#desk.state;
    if (me) await this.start();
    return true;
  }

  /** Ends the session and loads the page anew: memory is forgotten with the document. */
  async logout(): Promise<void> {
    const answered = await this.#desk.act(() => ask("POST", "/staff/logout"));
    if (answered) forget({ room: null, id: null, query: {}, lang: this.#desk.state.page.lang });
  }

  /** Somebody touched a key or the pointer. */
  touched(now: number): void {
    this.#seen = now;
  }

  /** To be called now and then: what is in view is covered once nobody is there. */
  watch(now: number): void {
    if (this.#desk.state.me && now - this.#seen > IDLE) this.#lose();
  }

  #enter(me: Me): void {
    if (this.#before !== null && this.#before !== me.name) this.#changed();
    this.#before = me.name;
    this.ended = false;
    this.refusal = null;
    this.#seen = performance.now();
    this.#desk.store.set({ me, said: null });
  }

  #lose(): void {
    this.ended = this.#before !== null;
    this.#desk.store.set({ me: null, help: false, menu: false });
  }

  #heard(refusal: Refusal): void {
    const { me } = this.#desk.state;
    if (refusal.kind === "not-logged-in") this.#lose();
    const fresh = refusal.body !== null && "fresh" in refusal.body && refusal.body.fresh === true;
    if (me && fresh && !me.fresh) this.#desk.store.set({ me: { ...me, fresh } });
  }
}
