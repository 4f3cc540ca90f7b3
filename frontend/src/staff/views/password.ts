/** A new password: at once where it was given by somebody else, or whenever one likes. */
import { html, nothing, type TemplateResult } from "lit-html";
import type { Scene } from "./scene.ts";

export const SHORTEST = 12;

export function newPassword(
  { desk, session }: Pick<Scene, "desk" | "session">,
  first: boolean,
): TemplateResult {
  const { words } = desk;
  const field = (name: string, label: string, kind: string, hint: string | null = null) =>
    html`<label class="field">
      <span>${label}</span>
      <input
        name=${name}
        type="password"
        autocomplete=${kind}
        required
        minlength=${kind === "new-password" ? SHORTEST : nothing}
        maxlength="200"
        aria-describedby=${hint === null ? nothing : `${name}-hint`}
      />
      ${hint === null ? nothing : html`<small id=${`${name}-hint`} class="hint">${hint}</small>`}
    </label>`;
  return html`<form
    class=${first ? "card" : "plain"}
    data-form="password"
    @submit=${(event: SubmitEvent) => {
      event.preventDefault();
      void change(event.currentTarget as HTMLFormElement);
    }}
  >
    ${
      first
        ? html`<h1 tabindex="-1">${words.password.first}</h1>
            <p class="hint">${words.password.why}</p>`
        : nothing
    }
    <input class="visually-hidden" tabindex="-1" aria-hidden="true" autocomplete="username" .value=${desk.me.name} readonly />
    ${field("old", words.password.old, "current-password")}
    ${field("new", words.password.new, "new-password", words.password.rule(SHORTEST))}
    ${field("again", words.password.again, "new-password")}
    <label class="field">
      <span>${words.login.code}</span>
      <input name="code" inputmode="numeric" autocomplete="one-time-code" required maxlength="12" aria-describedby="code-hint" />
      <small id="code-hint" class="hint">${words.login.codeHint}</small>
    </label>
    <p class="acts">
      <button type="submit" class="primary" ?disabled=${desk.busy}>${words.password.change}</button>
      ${
        first
          ? html`<button type="button" @click=${() => void session.logout()}>
              ${words.login.logout}
            </button>`
          : nothing
      }
    </p>
  </form>`;

  async function change(form: HTMLFormElement): Promise<void> {
    const given = new FormData(form);
    const of = (name: string) => String(given.get(name) ?? "");
    const again = form.elements.namedItem("again") as HTMLInputElement;
    again.setCustomValidity(of("new") === of("again") ? "" : words.password.differs);
    if (!form.reportValidity()) {
      again.addEventListener("input", () => again.setCustomValidity(""), { once: true });
      return;
    }
    if (!(await session.change(of("old"), of("new"), of("code").trim()))) return;
    form.reset();
    desk.say(words.password.changed);
  }
}
