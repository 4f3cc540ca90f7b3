/**
 * Incident Alert: what is typed and how far its sending is. Held in memory alone, in no history
 * entry and no storage, and gone with the page.
 */
import { addToAlert, readChallenge, readState, sendAlert, withdrawAlert } from "../api/alerts.ts";
import { Failure } from "../api/client.ts";
import { type Draft, isEmpty, lacking, newKey, pairs, withFiles } from "./alert_form.ts";
import {
  ASKED,
  type Asked,
  fieldsOf,
  type Held,
  NEW,
  type Screen,
  troubleOf,
} from "./alert_held.ts";
import { prove } from "./alert_work.ts";

export class AlertDesk {
  #held: Held = NEW;
  #key: string | null = null;
  #giving: AbortController | null = null;
  readonly #changed: () => void;
  readonly #lang: string;

  constructor(lang: string, changed: () => void) {
    this.#lang = lang;
    this.#changed = changed;
  }

  get held(): Held {
    return this.#held;
  }

  edit(changes: Partial<Draft>): void {
    // What was sent before is another alert; where it did arrive the desk sees both.
    this.#key = null;
    this.#set({ draft: { ...this.#held.draft, ...changes }, refused: [], sure: null });
  }

  addFiles(added: readonly File[]): void {
    const { files, faults } = withFiles(this.#held.draft.files, added);
    this.edit({ files });
    this.#set({ fileFaults: faults });
  }

  dropFile(at: number): void {
    this.edit({ files: this.#held.draft.files.filter((_, each) => each !== at) });
    this.#set({ fileFaults: [] });
  }

  show(screen: Screen): void {
    if (screen === "check" && lacking(this.#held.draft).length > 0) this.#set({ pressed: true });
    else this.#set({ screen, pressed: false, trouble: null, sure: null });
  }

  sure(sure: Held["sure"]): void {
    this.#set({ sure });
  }

  /** Forgets everything. */
  clear(): void {
    this.#giving?.abort();
    this.#key = null;
    this.#set(NEW);
  }

  get empty(): boolean {
    const { draft, taken, asked } = this.#held;
    return isEmpty(draft) && taken === null && asked.code === "";
  }

  async send(): Promise<void> {
    const { draft, sending } = this.#held;
    if (sending !== null) return;
    this.#key ??= newKey();
    const key = this.#key;
    const giving = new AbortController();
    this.#giving = giving;
    const { signal } = giving;
    this.#set({ sending: { work: 0 }, trouble: null, refused: [] });
    try {
      const proof = await this.#proof(signal);
      this.#set({ sending: { work: null } });
      const taken = await sendAlert(pairs(draft, this.#lang), draft.files, { key, proof, signal });
      // What was sent is no longer needed here.
      this.#key = null;
      const mailed = draft.texts.email.trim() !== "";
      this.#set({ ...NEW, screen: "sent", taken, mailed });
    } catch (error) {
      if (signal.aborted) return;
      this.#set({ sending: null, trouble: troubleOf(error), refused: fieldsOf(error) });
    } finally {
      if (this.#giving === giving) this.#giving = null;
    }
  }

  /** Null where the work cannot be done here: without it an alert is taken too, later in the queue. */
  async #proof(signal: AbortSignal): Promise<string | null> {
    try {
      const challenge = await readChallenge(signal);
      return await prove(challenge, (work) => this.#set({ sending: { work } }), signal);
    } catch (error) {
      if (signal.aborted || (error instanceof Failure && error.status === 0)) throw error;
      return null;
    }
  }

  /** Gives the sending up; what was typed stays. */
  cancel(): void {
    this.#giving?.abort();
    this.#giving = null;
    this.#set({ sending: null });
  }

  editAsked(changes: Partial<Pick<Asked, "code" | "text" | "files">>): void {
    const { asked } = this.#held;
    const other = changes.code !== undefined && changes.code !== asked.code;
    const next = { ...asked, ...changes };
    this.#setAsked(other ? { ...next, state: null, status: "idle", trouble: null } : next);
  }

  addAskedFiles(added: readonly File[]): void {
    const { files, faults } = withFiles(this.#held.asked.files, added);
    this.#setAsked({ files, fileFaults: faults });
  }

  async ask(): Promise<void> {
    const { code } = this.#held.asked;
    await this.#asking(async () => {
      const state = await readState(code.trim());
      if (state.state === "unknown") this.#setAsked({ status: "unknown", state: null });
      else this.#setAsked({ state, status: "known" });
    });
  }

  async add(): Promise<void> {
    const { code, text, files } = this.#held.asked;
    await this.#asking(async () => {
      const { known, files: went } = await addToAlert(code.trim(), text.trim(), files);
      if (!known) this.#setAsked({ status: "unknown", state: null });
      else this.#setAsked({ status: "added", text: "", files: [], fileFaults: [], went });
    });
  }

  async withdraw(): Promise<void> {
    const { code } = this.#held.asked;
    await this.#asking(async () => {
      const { known } = await withdrawAlert(code.trim());
      this.#setAsked({ ...ASKED, code, status: known ? "withdrawn" : "unknown" });
      this.#set({ sure: null });
    });
  }

  async #asking(run: () => Promise<void>): Promise<void> {
    const { asked } = this.#held;
    if (asked.status === "asking" || asked.code.trim() === "") return;
    this.#setAsked({ status: "asking", trouble: null });
    try {
      await run();
    } catch (error) {
      const unknown = error instanceof Failure && [404, 422].includes(error.status);
      const before = asked.state === null ? "idle" : "known";
      if (unknown) this.#setAsked({ status: "unknown", state: null });
      else this.#setAsked({ status: before, trouble: troubleOf(error) });
    }
  }

  #setAsked(changes: Partial<Asked>): void {
    this.#set({ asked: { ...this.#held.asked, ...changes } });
  }

  #set(changes: Partial<Held>): void {
    this.#held = { ...this.#held, ...changes };
    this.#changed();
  }
}
