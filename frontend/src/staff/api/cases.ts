/** What the console asks about cases, contacts, terms, imports and news: one function a route. */
import type {
  CaseFields,
  CaseList,
  Channel,
  Consent,
  DeskCase,
  Duplicate,
  FilterRow,
  FoundPlace,
  ImportReport,
  MapName,
  Mapping,
  Mark,
  News,
  Outcome,
  Pair,
  Published,
  Revision,
  Unmatched,
  Vocabulary,
  WithdrawalReason,
} from "./case_types.ts";
import { ask, queryOf, upload } from "./client.ts";

const one = (id: string) => `/staff/cases/${id}`;

export const readVocabulary = () => ask<Vocabulary>("GET", "/vocabulary");
export const readFilters = (map: string) =>
  ask<{ filters: FilterRow[] }>("GET", `/filters?map=${map}`);
export const findPlaces = (words: string) =>
  ask<{ items: FoundPlace[] }>("GET", `/staff/places?q=${encodeURIComponent(words)}&limit=12`);

export const listCases = (query: string) => ask<CaseList>("GET", `/staff/cases${query}`);
export const readCase = (id: string) => ask<DeskCase>("GET", one(id));
export const makeCase = (fields: CaseFields) => ask<DeskCase>("POST", "/staff/cases", fields);
export const saveCase = (id: string, edit: number, fields: CaseFields) =>
  ask<DeskCase>("PUT", one(id), { ...fields, edit });
export const publishCase = (id: string, edit: number, reason: Pair | null, forget: boolean) =>
  ask<Published>("POST", `${one(id)}/publish`, { edit, reason, forget });
export const withdrawCase = (id: string, reason: WithdrawalReason) =>
  ask<DeskCase>("POST", `${one(id)}/withdraw`, { reason });
export const discardCase = (id: string) => ask<DeskCase>("POST", `${one(id)}/discard`, {});
export const mergeCase = (id: string, edit: number, into: string) =>
  ask<DeskCase>("POST", `${one(id)}/merge`, { into, edit });
export const previewCase = (id: string) =>
  ask<{ document: Readonly<Record<string, unknown>> }>("GET", `${one(id)}/preview`);
export const readHistory = (id: string) => ask<{ items: Revision[] }>("GET", `${one(id)}/history`);
export const readDuplicates = (id: string) =>
  ask<{ items: Duplicate[] }>("GET", `${one(id)}/duplicates`);

export const findPersonal = (text: string) =>
  ask<{ items: Mark[] }>("POST", "/staff/personal", { text });

export const addContact = (id: string, channel: Channel, value: string, consent: Consent) =>
  ask<{ id: string }>("POST", `${one(id)}/contacts`, { channel, value, consent });
export const setConsent = (contact: string, consent: Consent) =>
  ask<null>("PATCH", `/staff/contacts/${contact}`, { consent });
export const removeContact = (contact: string) => ask<null>("DELETE", `/staff/contacts/${contact}`);
export const viewContact = (contact: string) =>
  ask<{ value: string }>("POST", `/staff/contacts/${contact}/view`, {});
export const askPublication = (contact: string) =>
  ask<unknown>("POST", `/staff/contacts/${contact}/publication`, {});
export const takeBack = (contact: string) =>
  ask<null>("DELETE", `/staff/contacts/${contact}/publication`);

export const listUnmatched = (kind: string, cursor: string | null) => {
  return ask<{ total: number; items: Unmatched[]; next: string | null }>(
    "GET",
    `/staff/unmatched${queryOf({ kind, cursor, limit: 50 })}`,
  );
};
export const listMappings = () => ask<{ items: Mapping[] }>("GET", "/staff/mappings");
export const mapTerm = (kind: string, stated: string, code: string) =>
  ask<{ left: number }>("PUT", "/staff/mappings", { kind, stated, code });

export const readNews = () => ask<News>("GET", "/staff/news");
export const settleInquiry = (caseId: string, days: number, outcome: Outcome) =>
  ask<null>("POST", "/staff/news", { case_id: caseId, days, outcome });

export function sendImport(
  file: File,
  map: MapName,
  publish: boolean,
  dryRun: boolean,
): Promise<ImportReport> {
  const asked = { name: file.name, map, publish, dry_run: dryRun };
  return upload<ImportReport>(`/staff/imports${queryOf(asked)}`, file);
}
