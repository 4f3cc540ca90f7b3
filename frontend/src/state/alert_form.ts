/** The fields of an alert, their limits, and how what was typed becomes the form that is sent. */

export const KINDS = [
  "wage_arrears",
  "layoffs",
  "injury",
  "discrimination",
  "hours",
  "contract",
  "other",
] as const;
export type Kind = (typeof KINDS)[number];

/** Ways to reach somebody; each has a choice of who may see it. */
export const CONTACTS = ["name", "phone", "wechat", "other"] as const;
export type Contact = (typeof CONTACTS)[number];
export const CONSENTS = ["staff", "helpers", "public"] as const;
export type Consent = (typeof CONSENTS)[number];

/** Fields with text, in the order in which they are sent. */
export const TEXTS = [
  "story",
  "happened",
  "region",
  "place",
  "industry",
  "company",
  "amount_owed",
  "months_owed",
  "people",
  "links",
  "contact_name",
  "contact_phone",
  "contact_wechat",
  "contact_other",
  "email",
] as const;
export type TextField = (typeof TEXTS)[number];
export const TICKS = ["exact_place", "keep_original", "email_anyway"] as const;
export type Tick = (typeof TICKS)[number];

export const MAX_STORY = 10_000;
export const MAX_TEXT = 500;
export const MAX_LINKS = 5;
export const MAX_FILES = 5;
export const MAX_BYTES = 10_000_000;
const FILE_KINDS = new Set(["image/jpeg", "image/png", "image/webp", "application/pdf"]);
export const ACCEPTED = [...FILE_KINDS].join(",");

export interface Draft {
  readonly kinds: readonly Kind[];
  readonly texts: Readonly<Record<TextField, string>>;
  readonly consents: Readonly<Record<Contact, Consent>>;
  readonly ticks: readonly Tick[];
  readonly files: readonly File[];
}

export const EMPTY: Draft = {
  kinds: [],
  texts: Object.fromEntries(TEXTS.map((name) => [name, ""])) as Record<TextField, string>,
  consents: { name: "staff", phone: "staff", wechat: "staff", other: "staff" },
  ticks: [],
  files: [],
};

export function isEmpty({ kinds, texts, files }: Draft): boolean {
  return kinds.length + files.length === 0 && TEXTS.every((name) => texts[name].trim() === "");
}

/** What keeps a draft from being sent, by field. */
export type Lack =
  | "kind"
  | "story"
  | "happened"
  | "email"
  | "email_anyway"
  | "amount_owed"
  | "months_owed"
  | "people"
  | "links";

const DAY = /^\d{4}(-\d{2}(-\d{2})?)?$/;
// A thousand's comma is read as none, here as on the server.
const NUMBER = /^\d[\d,，]{0,14}([.]\d{1,2})?$/;
const WHOLE = /^\d[\d,，]{0,8}$/;
const EMAIL = /^[^\s@＠]+[@＠][^\s@＠]+\.[^\s@＠]+$/;

export function lacking({ kinds, texts, ticks }: Draft): Lack[] {
  const wrong = (name: TextField, form: RegExp) =>
    texts[name].trim() !== "" && !form.test(texts[name].trim());
  const found: Lack[] = [];
  if (kinds.length === 0) found.push("kind");
  if (texts.story.trim() === "") found.push("story");
  if (wrong("happened", DAY)) found.push("happened");
  if (wrong("amount_owed", NUMBER)) found.push("amount_owed");
  if (wrong("months_owed", NUMBER)) found.push("months_owed");
  if (wrong("people", WHOLE)) found.push("people");
  if (texts.links.trim().split(/\s*\n\s*/).length > MAX_LINKS) found.push("links");
  if (wrong("email", EMAIL)) found.push("email");
  else if (isMainland(texts.email) && !ticks.includes("email_anyway")) found.push("email_anyway");
  return found;
}

/** Providers that obey mainland China's authorities: api/mail/addresses.py has the same, a test compares. */
export const MAINLAND =
  "qq.com foxmail.com exmail.com 163.com 126.com yeah.net 188.com netease.com ydmail.com sina.com " +
  "51uc.com sohu.com sogou.com chinaren.com 17173.com aliyun.com alibaba-inc.com taobao.com " +
  "dingtalk.com 139.com 189.com wo.com 10086.com chinamobile.com chinaunicom.com 21cn.com 21cn.net " +
  "tom.com 163.net eyou.com 263.net 263.com 263xmail.com 2980.com 56.com baidu.com huawei.com " +
  "88.com 111.com vnet.com 35.com feishu.com bytedance.com etang.com xinhuanet.com";
const ENDINGS = /\.(?:cn|中国|中國|公司|网络|xn--fiqs8s|xn--fiqz9s|xn--55qx5d|xn--io0a7i)$/;

export function isMainland(email: string): boolean {
  const [, domain] = email.normalize("NFKC").trim().toLowerCase().split("@");
  if (!domain) return false;
  if (ENDINGS.test(`.${domain}`)) return true;
  return MAINLAND.split(" ").some((own) => domain === own || domain.endsWith(`.${own}`));
}

export type FileFault = "type" | "size" | "many";

/** Adds files as far as they will be taken; says why others are not. */
export function withFiles(
  held: readonly File[],
  added: readonly File[],
): { files: File[]; faults: FileFault[] } {
  const files = [...held];
  const faults = new Set<FileFault>();
  for (const file of added) {
    if (!FILE_KINDS.has(file.type)) faults.add("type");
    else if (file.size > MAX_BYTES || file.size === 0) faults.add("size");
    else if (files.length === MAX_FILES) faults.add("many");
    else files.push(file);
  }
  return { files, faults: [...faults] };
}

/** The form as it is sent: empty fields are left out, ticks are there when set. */
export function pairs(draft: Draft, lang: string): [string, string][] {
  const { texts, ticks, consents } = draft;
  const found: [string, string][] = draft.kinds.map((kind) => ["kind", kind]);
  for (const name of TEXTS) {
    const text = texts[name].trim();
    if (text !== "") found.push([name, text]);
  }
  for (const name of CONTACTS) {
    if (texts[`contact_${name}`].trim() !== "") found.push([`consent_${name}`, consents[name]]);
  }
  for (const tick of ticks) {
    if (tick !== "email_anyway" || texts.email.trim() !== "") found.push([tick, "true"]);
  }
  found.push(["reply_lang", lang]);
  return found;
}

/** A name for one sending, the same for every attempt at it. */
export function newKey(): string {
  const random = crypto.getRandomValues(new Uint8Array(24));
  return Array.from(random, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
