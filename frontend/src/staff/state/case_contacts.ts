/** The ways to reach somebody about a case; a value is held only while it is looked at. */
import type { Channel, Consent } from "../api/case_types.ts";
import {
  addContact,
  askPublication,
  removeContact,
  setConsent,
  takeBack,
  viewContact,
} from "../api/cases.ts";
import type { Editing } from "./case_editing.ts";

export class Contacts {
  /** The contact that is looked at, and what its box held. */
  seen: { readonly id: string; readonly value: string } | null = null;
  readonly #editing: Editing;

  constructor(editing: Editing) {
    this.#editing = editing;
  }

  async add(channel: Channel, value: string, consent: Consent): Promise<boolean> {
    const { id } = this.#editing;
    return id !== null && this.#act(() => addContact(id, channel, value, consent));
  }

  consent(id: string, consent: Consent): Promise<boolean> {
    return this.#act(() => setConsent(id, consent));
  }

  remove(id: string): Promise<boolean> {
    return this.#act(() => removeContact(id));
  }

  askPublication(id: string): Promise<boolean> {
    return this.#act(() => askPublication(id));
  }

  takeBack(id: string): Promise<boolean> {
    return this.#act(() => takeBack(id));
  }

  async view(id: string): Promise<void> {
    const { desk } = this.#editing;
    const done = await desk.act(() => viewContact(id));
    if (done) this.seen = { id, value: done.answer.value };
    desk.changed();
  }

  hide(): void {
    this.seen = null;
    this.#editing.desk.changed();
  }

  async #act(work: () => Promise<unknown>): Promise<boolean> {
    const done = await this.#editing.desk.act(async () => {
      await work();
      await this.#editing.refresh();
    });
    return done !== null;
  }
}
