/** The API's shapes under the names the page uses; generated in schema.d.ts, never written by hand. */
import type { components, operations } from "./schema.d.ts";

type Schemas = components["schemas"];

export type CaseList = Schemas["CaseList"];
export type Summary = Schemas["Summary"];
export type CaseDocument = Schemas["Document"];
export type Reply = Schemas["Reply"];
export type Source = Schemas["Source"];
export type RevisionEntry = Schemas["RevisionEntry"];
export type Revisions = Schemas["Revisions"];
export type CaseDay = Schemas["CaseDay"];
export type Text = Schemas["Text"];
export type Coded = Schemas["Coded"];
export type CodedPath = Schemas["CodedPath"];
export type FiltersInForce = Schemas["FiltersInForce"];
export type Part = Schemas["Part"];
export type Options = Schemas["Options"];
export type FilterInfo = Schemas["FilterInfo"];
export type Option = Schemas["Option"];
export type Stats = Schemas["Stats"];
export type Problem = Schemas["ProblemBody"];

/** The problem body of a withdrawn case (410). */
export interface Tombstone extends Problem {
  readonly id: string;
  readonly day: string;
  readonly reason: { readonly code: string; readonly zh: string; readonly en: string };
}

/** What a list may be asked for; the names are the API's. */
export type CaseQuery = NonNullable<
  operations["list_cases_api_v1_cases_get"]["parameters"]["query"]
>;
