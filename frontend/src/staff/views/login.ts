/** Logging in: name, password and the code of the moment. */
import { html, nothing, type TemplateResult } from "lit-html";
import type { Scene } from "./scene.ts";

export function login({ desk, session }: Scene): TemplateResult {
  const { words } = desk;
  const { refusal, ended } = session;
  return html`<form
    class="card"
    data-form="login"
    @submit=${(event: SubmitEvent) => {
      event.preventDefault();
      void enter(event.currentTarget as HTMLFormElement);
    }}
  >
    <h1 tabindex="-1">${words.login.heading}</h1>
    ${ended ? html`<p class="notice" role="status">${words.login.ended}</p>` : nothing}
    <div role="alert">
      ${
        refusal === null
          ? nothing
          : html`<p class="notice trouble" data-refused=${refusal.kind}>
              ${refusal.body?.titles[desk.lang] ?? words.shell.away}${
                refusal.after === null ? "" : words.shell.after(refusal.after)
              }
            </p>`
      }
    </div>
    <label class="field">
      <span>${words.login.name}</span>
      <input name="name" autocomplete="username" autocapitalize="none" spellcheck="false" required maxlength="32" />
    </label>
    <label class="field">
      <span>${words.login.password}</span>
      <input name="password" type="password" autocomplete="current-password" required maxlength="200" />
    </label>
    <label class="field">
      <span>${words.login.code}</span>
      <input
        name="code"
        inputmode="numeric"
        autocomplete="one-time-code"
        spellcheck="false"
        required
        maxlength="12"
        aria-describedby="code-hint"
      />
      <small id="code-hint" class="hint">${words.login.codeHint}</small>
    </label>
    <p class="acts">
      <button type="submit" class="primary" ?disabled=${desk.busy}>${words.login.enter}</button>
    </p>
  </form>`;

  async function enter(form: HTMLFormElement): Promise<void> {
    const given = new FormData(form);
    const of = (name: string) => String(given.get(name) ?? "").trim();
    const entered = await session.login(of("name"), String(given.get("password")), of("code"));
    if (entered) return;
    // The code is used up; the rest may have been right.
    const code = form.elements.namedItem("code");
    if (code instanceof HTMLInputElement) {
      code.value = "";
      code.focus();
    }
  }
}
