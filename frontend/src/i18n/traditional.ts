/**
 * The traditional reading of a page that was drawn in simplified script. What other languages say,
 * what a reader typed, code and whatever is marked `translate="no"` stay as they are.
 */

type Convert = (text: string) => string;

const ATTRIBUTES = ["title", "placeholder", "aria-label", "aria-description", "alt", "label"];
const LEFT = "script, style, code, textarea, [translate='no'], [hreflang]";
const HAN = /\p{Script=Han}/u;
/** How an element says that it is written in the simplified script. */
const SIMPLIFIED = new Set(["zh", "zh-Hans", "zh-CN"]);

let converter: Convert | null = null;
/** What was put into a node: a text that still stands there is not converted again. */
const made = new WeakMap<Node, string>();
const madeOf = new WeakMap<Element, Map<string, string>>();

/** The converter itself, for texts that are drawn and not written, as those of charts. */
export async function traditional(): Promise<Convert> {
  if (converter === null) converter = (await import("./dictionary.ts")).toTraditional;
  return converter;
}

/**
 * Converts `root` and the title of its document. To be called after every drawing: once the tables
 * are there it is done before anything is painted.
 */
export async function convertPage(root: ParentNode & Node): Promise<void> {
  const convert = converter ?? (await traditional());
  const page = root.ownerDocument ?? (root as Document);
  page.documentElement.lang = "zh-Hant";
  const title = page.querySelector("head title")?.firstChild;
  if (title) convertNode(title, convert);
  convertBelow(root, convert);
}

function convertBelow(root: ParentNode & Node, convert: Convert): void {
  for (const child of root.childNodes) {
    if (child.nodeType === 3) convertNode(child, convert);
    else if (child.nodeType === 1) convertElement(child as Element, convert);
  }
}

function convertElement(element: Element, convert: Convert): void {
  if (!isSimplified(element) || element.matches(LEFT)) return;
  for (const name of ATTRIBUTES) {
    const value = element.getAttribute(name);
    if (value) convertAttribute(element, name, value, convert);
  }
  convertBelow(element, convert);
}

/** Whatever names no language of its own is in that of the page. */
function isSimplified(element: Element): boolean {
  const lang = element.getAttribute("lang");
  return lang === null || SIMPLIFIED.has(lang) || element === element.ownerDocument.documentElement;
}

function convertNode(node: Node, convert: Convert): void {
  const text = node.nodeValue ?? "";
  if (text === made.get(node) || !HAN.test(text)) return;
  const reading = convert(text);
  made.set(node, reading);
  if (reading !== text) node.nodeValue = reading;
}

function convertAttribute(element: Element, name: string, text: string, convert: Convert): void {
  const before = madeOf.get(element) ?? new Map<string, string>();
  if (text === before.get(name) || !HAN.test(text)) return;
  const reading = convert(text);
  madeOf.set(element, before.set(name, reading));
  if (reading !== text) element.setAttribute(name, reading);
}
