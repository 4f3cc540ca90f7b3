/** Lists and single cases. */
import { ask, queryOf } from "./client.ts";
import type { CaseDocument, CaseList, Revisions } from "./types.ts";

export interface ListRequest {
  /** The filters as a query string. */
  readonly filters: string;
  readonly sort: string;
  readonly cursor: string | null;
  readonly limit?: number;
}

export function listCases(request: ListRequest, signal?: AbortSignal): Promise<CaseList> {
  const { filters, sort, cursor, limit } = request;
  const more = { sort: sort === "-date" ? null : sort, cursor, limit: limit ?? null };
  return ask(`/cases${queryOf(filters, more)}`, signal);
}

/** Fails with 404, or 410 and a tombstone as its problem. */
export function readCase(id: string, signal?: AbortSignal): Promise<CaseDocument> {
  return ask(`/cases/${id}`, signal);
}

export function readRevisions(id: string, signal?: AbortSignal): Promise<Revisions> {
  return ask(`/cases/${id}/revisions`, signal);
}
