/** What of the server's page stays in it when the script takes over, so that a slow phone can rest. */
import type { FilterName } from "../state/filters.ts";
import type { Served } from "../views/scene.ts";

export function servedParts(root: HTMLElement): Served {
  const rows = root.querySelectorAll<HTMLElement>(".cases > li > [data-case]");
  const figures = root.querySelectorAll<HTMLElement>("figure[data-chart]");
  const tools = root.querySelector(".side > .tools");
  const sentence = root.querySelector(".side > .sentence");
  return {
    rows: new Map(
      Array.from(rows, (row) => [row.dataset.case ?? "", row.parentElement as Element]),
    ),
    cases: root.querySelector(".cases"),
    list: root.querySelector("[data-list]"),
    figures: new Map(Array.from(figures, (figure) => [figure.dataset.chart ?? "", figure])),
    above: tools && sentence && between(tools, sentence),
  };
}

function between(first: Element, last: Element): Element[] {
  const found = [first];
  for (let next = first.nextElementSibling; next !== null; next = next.nextElementSibling) {
    found.push(next);
    if (next === last) return found;
  }
  return found;
}

/** What the reader chose in the server's form, by the names of filters. */
export type Chosen = Partial<Record<FilterName, string>>;

/** Draws without losing what the reader does meanwhile: typed text, the cursor, an open panel.
 * Answers what was chosen in lists that are there no more. */
export function keepingInput(root: HTMLElement, draw: () => void): Chosen {
  const lists = [...root.querySelectorAll<HTMLSelectElement>("select[name]")].filter(isChanged);
  const active = document.activeElement;
  const panel = root.querySelector<HTMLElement>("[popover]:popover-open");
  const typed = [...root.querySelectorAll<HTMLInputElement>("input[name]")].filter(
    (field) => field === active || field.value !== field.defaultValue,
  );
  draw();
  // What was moved or made anew is closed and has lost the cursor.
  if (panel) document.getElementById(panel.id)?.togglePopover(true);
  for (const left of typed) {
    const field = left.isConnected ? left : root.querySelector(`input[name="${left.name}"]`);
    if (!(field instanceof HTMLInputElement) || field.type !== left.type) continue;
    if (field !== left && field.type !== "radio" && field.type !== "checkbox") {
      field.value = left.value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    if (left !== active || field === document.activeElement) continue;
    field.focus({ preventScroll: true });
    if (field.type === "search") field.setSelectionRange(left.selectionStart, left.selectionEnd);
  }
  const lost = lists.filter((list) => !list.isConnected);
  return Object.fromEntries(lost.map((list) => [list.name, chosenIn(list)]));
}

function isChanged(list: HTMLSelectElement): boolean {
  const sent = [...list.options].filter((option) => option.defaultSelected);
  if (!list.multiple && sent.length === 0) return list.selectedIndex > 0;
  return chosenIn(list) !== sent.map((option) => option.value).join(",");
}

function chosenIn(list: HTMLSelectElement): string {
  return Array.from(list.selectedOptions, (option) => option.value).join(",");
}
