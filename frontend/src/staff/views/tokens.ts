/** One's own login: tokens for scripts, and another password. */
import { html, nothing, type TemplateResult } from "lit-html";
import { formatDay } from "../../i18n/format.ts";
import type { Scope, Token } from "../api/types.ts";
import type { Desk } from "../state/desk.ts";
import type { Session } from "../state/session.ts";
import { Tokens } from "../state/tokens.ts";
import { copied, failure, foreign, head, twice, waiting } from "./parts.ts";
import { newPassword } from "./password.ts";
import type { Room } from "./scene.ts";

const SCOPES: readonly Scope[] = ["read", "edit", "publish", "import"];
const DAYS = 90;
const MOST = 365;

export function tokensRoom(desk: Desk, session: Session): Room {
  const tokens = new Tokens(desk);
  return {
    open: () => tokens.open(),
    draw: () => html`${head(desk.words.rooms.tokens)}
      <h2>${desk.words.password.heading}</h2>
      ${newPassword({ desk, session }, false)}
      <h2>${desk.words.tokens.own}</h2>
      <p class="room-lead">${desk.words.tokens.lead}</p>
      ${once(desk, tokens)} ${failure(desk, tokens.list, () => tokens.open())}
      ${waiting(desk, tokens.list)} ${list(desk, tokens)} ${creating(desk, tokens)}`,
  };
}

/** What is shown once. */
function once(desk: Desk, tokens: Tokens): TemplateResult | typeof nothing {
  const { made } = tokens;
  const { tokens: said } = desk.words;
  if (made === null) return nothing;
  return html`<section class="card once" data-token=${made.id}>
    <h3>${said.new(made.label)}</h3>
    <p class="hint">${said.once}</p>
    <p>${copied(desk, made.token, said.new(made.label))}</p>
    <p class="acts">
      <button type="button" class="primary" @click=${() => tokens.stored()}>${said.hide}</button>
    </p>
  </section>`;
}

function list(desk: Desk, tokens: Tokens): TemplateResult | typeof nothing {
  const { data } = tokens.list;
  const { tokens: said } = desk.words;
  if (data === null) return nothing;
  if (data.items.length === 0) return html`<p class="empty">${said.empty}</p>`;
  return html`<ul class="lines">
    ${data.items.map((token) => html`<li>${row(desk, tokens, token)}</li>`)}
  </ul>`;
}

function row(desk: Desk, tokens: Tokens, token: Token): TemplateResult {
  const { tokens: said } = desk.words;
  const { lang } = desk;
  return html`<strong>${foreign(token.label)}</strong>
    <span class="hint">${token.scopes.map((scope) => said.scopeNames[scope]).join(lang === "zh" ? "、" : ", ")}</span>
    <span class="hint">${said.made} ${formatDay(token.made_on, lang)}</span>
    <span class="hint">${said.expires} ${formatDay(token.expires_on, lang)}</span>
    <span class="acts end"
      >${twice(desk, {
        text: said.remove,
        label: said.removeOf(token.label),
        sure: tokens.sure === token.id,
        press: (sure) => tokens.press(sure ? token.id : null),
        act: () => void tokens.revoke(token.id),
      })}</span
    >`;
}

function creating(desk: Desk, tokens: Tokens): TemplateResult {
  const { tokens: said } = desk.words;
  return html`<form class="plain" data-form="token" @submit=${create}>
    <label class="field">
      <span>${said.label}</span>
      <input name="label" autocomplete="off" required maxlength="60" aria-describedby="token-label" />
      <small class="hint" id="token-label">${said.labelHint}</small>
    </label>
    <fieldset class="field">
      <legend>${said.scopes}</legend>
      ${SCOPES.map(
        (scope) => html`<label class="tick">
          <input type="checkbox" name="scopes" value=${scope} ?checked=${scope === "read"} />
          <span>${said.scopeNames[scope]}</span>
        </label>`,
      )}
    </fieldset>
    <label class="field">
      <span>${said.days}</span>
      <input name="days" type="number" required min="1" max=${MOST} value=${DAYS} aria-describedby="token-days" />
      <small class="hint" id="token-days">${said.daysHint}</small>
    </label>
    <p class="acts">
      <button type="submit" class="primary" ?disabled=${desk.busy}>${said.create}</button>
    </p>
  </form>`;

  async function create(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const given = new FormData(form);
    const scopes = SCOPES.filter((scope) => given.getAll("scopes").includes(scope));
    const label = String(given.get("label"));
    if (await tokens.create(label, scopes, Number(given.get("days")))) form.reset();
  }
}
