/** The frame around every room: head, rooms, what was said last; or the login instead of it all. */
import { html, nothing, type TemplateResult } from "lit-html";
import { address } from "../state/url.ts";
import { help } from "./help.ts";
import { login } from "./login.ts";
import { newPassword } from "./password.ts";
import type { Entry, Scene } from "./scene.ts";

export function shell(scene: Scene): TemplateResult {
  const { desk, session } = scene;
  const { me } = desk.state;
  const { words } = desk;
  if (me === undefined) return bare(scene, session.away ? away(scene) : nothing);
  if (me === null) return bare(scene, login(scene));
  if (me.fresh) return bare(scene, newPassword(scene, true));
  const { menu, page } = desk.state;
  return html`<a class="skip" href="#main" @click=${skip}>${words.shell.skip}</a>
    <header class="desk-head">
      <button
        type="button"
        class="menu"
        aria-expanded=${menu}
        aria-controls="rooms"
        @click=${() => desk.store.set({ menu: !menu })}
      >
        ${words.shell.rooms}
      </button>
      ${brand(scene)}
      <div class="who">
        <span class="person"
          ><strong translate="no">${me.name}</strong> <small>${words.roles[me.role]}</small></span
        >
        <button type="button" data-help @click=${() => desk.store.set({ help: true })}>
          ${words.keys.button}
        </button>
        ${languages(scene)}
        <button type="button" data-logout ?disabled=${desk.busy} @click=${() => void session.logout()}>
          ${words.login.logout}
        </button>
      </div>
    </header>
    <nav id="rooms" class="rooms" aria-label=${words.shell.rooms} data-open=${menu}>
      <ul>
        ${scene.entries.map((entry, at) => roomLink(scene, entry, at))}
      </ul>
    </nav>
    <main id="main" data-room=${page.room ?? nothing}>
      ${alarms(scene)} ${said(scene)}
      ${
        scene.room === null
          ? html`<h1 tabindex="-1">${words.shell.nothing}</h1>`
          : scene.room.draw(page)
      }
    </main>
    ${help(scene)}`;
}

function roomLink({ desk }: Scene, { name, label }: Entry, at: number): TemplateResult {
  const here = desk.state.page.room === name;
  return html`<li>
    <a href=${desk.href(desk.list(name))} aria-current=${here ? "page" : nothing}
      ><span>${label[desk.lang]}</span><kbd aria-hidden="true">${at + 1}</kbd></a
    >
  </li>`;
}

/** Before somebody is known. */
function bare(scene: Scene, body: unknown): TemplateResult {
  return html`<header class="desk-head bare">
      ${brand(scene)}
      <div class="who">${languages(scene)}</div>
    </header>
    <main id="main" class="bare">${said(scene)} ${body}</main>`;
}

function brand({ desk }: Scene): TemplateResult {
  const { name, desk: place } = desk.words.shell;
  return html`<span class="brand">${name} <small>${place}</small></span>`;
}

function languages({ desk }: Scene): TemplateResult {
  const { page } = desk.state;
  const other = desk.lang === "zh" ? "en" : "zh";
  const tag = other === "zh" ? "zh-Hans" : "en";
  return html`<a class="button" lang=${tag} hreflang=${tag} href=${address({ ...page, lang: other })}
    >${desk.words.shell.other}</a
  >`;
}

function away({ desk, session }: Scene): TemplateResult {
  const { words } = desk;
  return html`<h1 tabindex="-1">${words.shell.away}</h1>
    <p><button type="button" @click=${() => void session.start()}>${words.shell.again}</button></p>`;
}

/** Spoken when it changes; the rooms put nothing of their own above it. */
function said({ desk }: Scene): TemplateResult {
  const { said: line } = desk.state;
  const trouble = line?.trouble ?? false;
  const drawn =
    line &&
    html`<p class="notice" data-said=${trouble ? "trouble" : "done"}>
      <span
        >${line.text}
        ${line.faults.map((fault) => html`<span class="fault">${fault}</span>`)}</span
      >
      <button type="button" class="quiet" @click=${() => desk.quiet()}>
        ${desk.words.shell.dismiss}
      </button>
    </p>`;
  return html`<div class="said" role="alert">${trouble ? drawn : nothing}</div>
    <div class="said" role="status">${trouble ? nothing : drawn}</div>`;
}

/** Only admins are told of them. */
function alarms({ desk }: Scene): TemplateResult | typeof nothing {
  const names = desk.me.alarms ?? [];
  if (names.length === 0) return nothing;
  return html`<p class="notice trouble" data-alarms>
    <span>${desk.words.shell.alarm(names.join(desk.lang === "zh" ? "、" : ", "))}</span>
    ${
      desk.state.page.room === "accounts"
        ? nothing
        : html`<a class="button" href=${desk.href({ room: "accounts" })}
            >${desk.words.shell.alarmLook}</a
          >`
    }
  </p>`;
}

/** The fragment would become part of the address. */
function skip(event: Event): void {
  event.preventDefault();
  document.querySelector<HTMLElement>("main h1")?.focus();
}
