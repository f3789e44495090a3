/** The routes of the governed library, by name. */
import type { z } from 'zod';
import type {
  BulkAnswerSchema,
  BulkDecisionSchema,
  GateRulesViewSchema,
  IMPORT_FORMS,
  ImportLine,
  ImportReport,
  LibraryCatalogueSchema,
  LibraryCommandSchema,
  LibraryDetail,
  LibraryList,
  LibraryQuery,
  PersonalScript,
  PersonalScriptListSchema,
  SaveDraftSchema,
  SaveGateRulesSchema,
  SavePersonalScriptSchema,
  ScriptBody,
  ScriptCheckSchema,
  ScriptVersion,
  TriedGateRulesSchema,
} from '../../protocol/library.ts';
import { HttpError, request, requestLines } from '../client/http.ts';

/** What an editor offers. */
export type LibraryCatalogue = z.infer<typeof LibraryCatalogueSchema>;
/** What a person orders to be done with a script. */
export type LibraryOrder = z.input<typeof LibraryCommandSchema>;
/** Several scripts decided at once. */
export type BulkOrder = z.input<typeof BulkDecisionSchema>;
export type BulkAnswer = z.infer<typeof BulkAnswerSchema>;
/** Findings and previews of a text that is not saved. */
export type ScriptCheck = z.infer<typeof ScriptCheckSchema>;
/** Forms that scripts come in and go out. */
export type ImportForm = (typeof IMPORT_FORMS)[number];
export type PersonalScriptBody = z.infer<typeof SavePersonalScriptSchema>;
export type GateRulesView = z.infer<typeof GateRulesViewSchema>;
export type TriedGateRules = z.infer<typeof TriedGateRulesSchema>;
/** What narrows the list; the desk fills in what is absent. */
export type ListQuery = Pick<LibraryQuery, 'state' | 'q'> & { group?: string | undefined };

const part = encodeURIComponent;

function listParameters(query: ListQuery, offset: number, limit: number): string {
  const parameters = new URLSearchParams({ state: query.state, offset: String(offset), limit: String(limit) });
  if (query.q !== '') parameters.set('q', query.q);
  if (query.group !== undefined) parameters.set('group', query.group);
  return parameters.toString();
}

/** How far an import is. */
export interface ImportProgress {
  done: number;
  total: number;
}

/** @throws HttpError */
async function importFile(
  file: File,
  form: ImportForm | undefined,
  apply: boolean,
  tell: (progress: ImportProgress) => void,
): Promise<ImportReport> {
  const path = `/api/library/import?progress=true&apply=${apply}&fileName=${part(file.name)}${form ? `&form=${form}` : ''}`;
  let last: ImportLine | undefined;
  await requestLines('POST', path, { file }, (line) => {
    last = line as ImportLine;
    if ('total' in last) tell(last);
  });
  if (last !== undefined && 'report' in last) return last.report;
  const failure = last !== undefined && 'error' in last ? last.error : undefined;
  throw new HttpError(
    failure ? 500 : 0,
    failure?.code ?? 'unavailable',
    failure?.message ?? 'the answer broke off',
    failure?.details,
  );
}

export const libraryApi = {
  list: (query: ListQuery, offset: number, limit: number, signal?: AbortSignal) =>
    request<LibraryList>('GET', `/api/library?${listParameters(query, offset, limit)}`, signal ? { signal } : {}),
  catalogue: () => request<LibraryCatalogue>('GET', '/api/library/catalogue'),
  detail: (scriptId: string) => request<LibraryDetail>('GET', `/api/library/scripts/${part(scriptId)}`),
  saveDraft: (body: z.input<typeof SaveDraftSchema>) => request<ScriptVersion>('POST', '/api/library/drafts', { body }),
  order: (scriptId: string, body: LibraryOrder) =>
    request<LibraryDetail>('POST', `/api/library/scripts/${part(scriptId)}`, { body }),
  decide: (body: BulkOrder) => request<BulkAnswer>('POST', '/api/library/decide', { body }),
  check: (script: ScriptBody, signal?: AbortSignal) =>
    request<ScriptCheck>('POST', '/api/library/check', { body: { script }, ...(signal ? { signal } : {}) }),
  newId: (card: string) => request<{ id: string }>('GET', `/api/library/new-id?card=${part(card)}`),
  importFile,
  personal: () => request<z.infer<typeof PersonalScriptListSchema>>('GET', '/api/library/personal'),
  addPersonal: (body: PersonalScriptBody) => request<PersonalScript>('POST', '/api/library/personal', { body }),
  changePersonal: (id: string, body: PersonalScriptBody) =>
    request<PersonalScript>('PUT', `/api/library/personal/${part(id)}`, { body }),
  removePersonal: (id: string) => request<undefined>('DELETE', `/api/library/personal/${part(id)}`),
  gateRules: () => request<GateRulesView>('GET', '/api/gate-rules'),
  saveGateRules: (body: z.input<typeof SaveGateRulesSchema>) =>
    request<GateRulesView>('POST', '/api/gate-rules', { body }),
  tryGateRules: (rules: unknown, texts: string[], signal?: AbortSignal) =>
    request<TriedGateRules>('POST', '/api/gate-rules/try', { body: { rules, texts }, ...(signal ? { signal } : {}) }),
};

/** Address of a file that holds the whole library. */
export function exportAddress(form: ImportForm): string {
  return `/api/library/export?form=${form}`;
}
