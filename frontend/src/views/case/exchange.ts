/** The official exchange as a timeline: message, reply, promise, outcome. */
import { html, nothing, type TemplateResult } from "lit-html";
import type { CaseDocument, Reply, Text } from "../../api/types.ts";
import { either, formatDay, formatNumber, langTag } from "../../i18n/format.ts";
import type { Scene } from "../scene.ts";
import { free, otherLang, paragraphs } from "./texts.ts";

/** One step; `day` is null where nobody knows it. */
interface Event {
  readonly kind: "message" | "reply" | "waiting" | "promise" | "outcome";
  readonly label: string;
  readonly day: string | null;
  readonly notes: readonly (string | null | undefined)[];
  readonly office?: Text;
  readonly text?: Text;
}

export function exchange(scene: Scene, item: CaseDocument): TemplateResult | typeof nothing {
  if (item.replies.length === 0) return nothing;
  return html`<section class="exchange" aria-labelledby="exchange">
    <h2 id="exchange">${scene.words.case.exchange}</h2>
    <ol class="timeline">
      ${events(scene, item).map((event) => shown(scene, event))}
    </ol>
  </section>`;
}

export function events(scene: Scene, item: CaseDocument): Event[] {
  return item.replies.flatMap((reply, index) => {
    const round = steps(scene, item, reply);
    return sameMessage(reply, item.replies[index - 1]) ? round.slice(1) : round;
  });
}

/** One message that was answered twice is told once. */
function sameMessage(reply: Reply, before: Reply | undefined): boolean {
  return (
    before !== undefined &&
    before.received_on === reply.received_on &&
    before.office.zh === reply.office.zh &&
    before.office.en === reply.office.en
  );
}

function steps(scene: Scene, item: CaseDocument, reply: Reply): Event[] {
  const { words, lang, state } = scene;
  const said = words.case;
  const { office, text, outcome, promise_due_on: due } = reply;
  const levels: Readonly<Record<string, string>> = said.levels;
  const level = levels[reply.level ?? ""];
  const day = reply.received_on;
  const found: Event[] = [{ kind: "message", label: said.message, day, notes: [level], office }];
  if (reply.replied_on || either(text, lang)) {
    const notes = [waited(scene, reply.days), said.status[reply.status]];
    found.push({ kind: "reply", label: said.reply, day: reply.replied_on, notes, office, text });
  } else {
    // What is shown is what was known when this revision was published.
    const notes = [said.noReplyAsOf(formatDay(item.updated, lang))];
    found.push({ kind: "waiting", label: said.noReply, day: null, notes });
  }
  const ended = either(outcome, lang) !== null;
  if (due) {
    const passed = ended ? said.promisePassed : said.promiseUnknown;
    const notes = [due < state.config.today ? passed : said.promiseOpen];
    found.push({ kind: "promise", label: said.promise, day: due, notes });
  }
  if (ended) {
    found.push({ kind: "outcome", label: said.outcome, day: null, notes: [], text: outcome });
  }
  return found;
}

function waited({ words, lang }: Scene, days: number | null): string | null {
  // A reply before its message is a slip of the source.
  if (days === null || days < 0) return null;
  return days === 0 ? words.case.sameDay : words.case.days(formatNumber(days, lang));
}

function shown(scene: Scene, event: Event): TemplateResult {
  const { lang } = scene;
  const { day, office, text } = event;
  const note = event.notes.filter((part) => part).join(" · ");
  return html`<li class="event" data-event=${event.kind}>
    <p class="event-head">
      <strong>${event.label}</strong>
      ${day ? html`<time datetime=${day}>${formatDay(day, lang)}</time>` : nothing}
      ${note ? html`<span class="note">${note}</span>` : nothing}
    </p>
    ${office && either(office, lang) ? html`<p class="office">${free(office, lang)}</p>` : nothing}
    ${text ? quoted(scene, text, event.kind === "reply") : nothing}
  </li>`;
}

/** What was said, and of a reply the other language to be opened: offices are often quoted. */
function quoted(
  { words, lang }: Scene,
  text: Text,
  twice: boolean,
): TemplateResult | typeof nothing {
  const written = either(text, lang);
  if (!written) return nothing;
  const other = otherLang(lang);
  const foreign = written.lang === lang ? nothing : langTag(written.lang);
  const twin = twice && written.lang === lang ? text[other] : null;
  return html`<blockquote lang=${foreign}>${paragraphs(written.text)}</blockquote>
    ${
      twin
        ? html`<details class="twin">
            <summary>${words.case.inOther}</summary>
            <blockquote lang=${langTag(other)}>${paragraphs(twin)}</blockquote>
          </details>`
        : nothing
    }`;
}
