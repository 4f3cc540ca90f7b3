/** Accounts: who there is, in which state, and new ones; for admins. */
import { html, nothing, type TemplateResult } from "lit-html";
import { formatDay } from "../../i18n/format.ts";
import type { Account, Role } from "../api/types.ts";
import { type AccountAct, Accounts } from "../state/accounts.ts";
import type { Desk } from "../state/desk.ts";
import { copied, failure, head, tag, twice, waiting } from "./parts.ts";
import type { Room } from "./scene.ts";

const ROLES: readonly Role[] = ["viewer", "moderator", "publisher", "admin"];

export function accountsRoom(desk: Desk): Room {
  const accounts = new Accounts(desk);
  return {
    open: () => accounts.open(),
    draw: () => html`${head(desk.words.rooms.accounts)} ${handed(desk, accounts)}
      ${failure(desk, accounts.list, () => accounts.open())} ${waiting(desk, accounts.list)}
      ${accounts.list.data === null ? nothing : table(desk, accounts, accounts.list.data.items)}
      ${creating(desk, accounts)}`,
  };
}

/** What is shown once. */
function handed(desk: Desk, accounts: Accounts): TemplateResult | typeof nothing {
  const { given } = accounts;
  const { accounts: said } = desk.words;
  if (given === null) return nothing;
  return html`<section class="card once" data-given=${given.name}>
    <h2>${said.given(given.name)}</h2>
    <p class="hint">${said.once}</p>
    <dl class="facts">
      <div><dt>${said.password}</dt><dd>${copied(desk, given.password, said.password)}</dd></div>
      <div><dt>${said.secret}</dt><dd>${copied(desk, given.secret, said.secret)}</dd></div>
      <div><dt>${said.uri}</dt><dd>${copied(desk, given.uri, said.uri)}</dd></div>
    </dl>
    <p class="acts">
      <button type="button" class="primary" @click=${() => accounts.handed()}>${said.hide}</button>
    </p>
  </section>`;
}

function table(desk: Desk, accounts: Accounts, items: readonly Account[]): TemplateResult {
  const { accounts: said } = desk.words;
  return html`<div class="scroll">
    <table class="table stacked">
      <thead>
        <tr>
          <th scope="col">${said.name}</th>
          <th scope="col">${said.role}</th>
          <th scope="col">${said.since}</th>
          <th scope="col">${said.state}</th>
          <th scope="col">${said.acts}</th>
        </tr>
      </thead>
      <tbody>
        ${items.map((account) => row(desk, accounts, account))}
      </tbody>
    </table>
  </div>`;
}

function row(desk: Desk, accounts: Accounts, account: Account): TemplateResult {
  const { words, lang } = desk;
  const { accounts: said } = words;
  const { name } = account;
  const act = (what: AccountAct) => {
    const pressed = `${what}/${name}`;
    return twice(desk, {
      text: said[what],
      label: said.of(said[what], name),
      sure: accounts.sure === pressed,
      press: (sure) => accounts.press(sure ? pressed : null),
      act: () => void accounts.act(name, what),
    });
  };
  return html`<tr data-account=${name}>
    <th scope="row" translate="no">${name}${name === desk.me.name ? html`<small translate="yes">${said.you}</small>` : nothing}</th>
    <td data-label=${said.role}>
      <select
        aria-label=${said.roleOf(name)}
        ?disabled=${desk.busy}
        @change=${(event: Event) =>
          void accounts.give(name, (event.target as HTMLSelectElement).value as Role)}
      >
        ${ROLES.map(
          (role) =>
            html`<option value=${role} .selected=${role === account.role}>${words.roles[role]}</option>`,
        )}
      </select>
    </td>
    <td data-label=${said.since}>${formatDay(account.made_on, lang)}</td>
    <td data-label=${said.state}><span class="tags">${states(desk, account)}</span></td>
    <td data-label=${said.acts}>
      <div class="acts">
        ${account.locked ? act("unlock") : nothing}
        ${act(account.disabled ? "enable" : "disable")} ${act("reset")}
      </div>
    </td>
  </tr>`;
}

function states({ words: { accounts: said } }: Desk, account: Account): TemplateResult[] {
  const found: TemplateResult[] = [];
  if (account.locked) found.push(tag(said.locked, "strong"));
  if (account.disabled) found.push(tag(said.disabled));
  if (account.fresh) found.push(tag(said.fresh));
  return found.length > 0 ? found : [tag(said.active, "quiet")];
}

function creating(desk: Desk, accounts: Accounts): TemplateResult {
  const { words } = desk;
  const { accounts: said } = words;
  return html`<h2>${said.new}</h2>
    <form class="plain" data-form="account" @submit=${create}>
      <label class="field">
        <span>${said.name}</span>
        <input
          name="name"
          autocomplete="off"
          autocapitalize="none"
          spellcheck="false"
          required
          minlength="3"
          maxlength="32"
          pattern="[a-z0-9._\\-]+"
          aria-describedby="account-name"
        />
        <small class="hint" id="account-name">${said.nameHint}</small>
      </label>
      <label class="field">
        <span>${said.role}</span>
        <select name="role">
          ${ROLES.map((role) => html`<option value=${role}>${words.roles[role]}</option>`)}
        </select>
      </label>
      <p class="acts">
        <button type="submit" class="primary" ?disabled=${desk.busy}>${said.create}</button>
      </p>
    </form>`;

  async function create(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const given = new FormData(form);
    const made = await accounts.create(String(given.get("name")), given.get("role") as Role);
    if (!made) return;
    form.reset();
    scrollTo(0, 0);
  }
}
