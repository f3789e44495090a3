/** Scripts of other tools brought into a shop's library as drafts, and the library written for other tools. */
import type { Agent } from '../desk/ports.ts';
import { DeskError } from '../lib/errors.ts';
import { createId } from '../lib/ids.ts';
import type { ImportReport, PersonalScript } from '../protocol/library.ts';
import type { Script } from '../protocol/script.ts';
import { type ExportedFile, exportScripts } from '../scripts/export/export-scripts.ts';
import { importedVersion, isInForce, rewritten } from '../scripts/govern.ts';
import { type ImportForm, refuseRow } from '../scripts/import/import-row.ts';
import { type AddedScript, type ImportPlan, planImport } from '../scripts/import/plan-import.ts';
import { readImportApart } from '../scripts/import/read-apart.ts';
import { importedGroup } from '../scripts/import/source-key.ts';
import { createCardSuggester } from '../scripts/import/suggest-card.ts';
import { createIntentSuggester } from '../scripts/import/suggest-intents.ts';
import type { StoredVersion } from '../scripts/ports.ts';
import { SLOT_EXAMPLES } from '../suggestions/slot-catalogue.ts';
import type { Desk } from './desk.ts';
import { MOST_PHRASES } from './keep-personal-scripts.ts';
import { type LibraryView, putInForce, type ScriptHeads } from './library-keeper.ts';

/** A file to be imported. */
export interface ImportFile {
  bytes: Uint8Array;
  fileName?: string | undefined;
  /** Absent: found out. */
  form?: ImportForm | undefined;
  /** Told now and then how many rows are done; from the start again when the library changed meanwhile. */
  onProgress?: ((done: number, total: number) => void) | undefined;
}

/** Chinese titles of the library's files, by group. */
export type GroupTitles = ReadonlyMap<string, string>;

/** Lines of each kind that a report shows; the counts are whole. */
const SHOWN = 200;
/** Times an import is planned again because the library changed while it was planned. */
const TRIES = 5;

/**
 * Imports a file. Nothing is deleted, nothing is approved: what is new or says something else becomes a draft, and
 * an agent's private phrase one of the importer's own. The same file again changes nothing.
 *
 * @param apply false: a dry run, which only tells
 * @throws DeskError `bad_request` when the file has none of the forms, `conflict` when the library never stands still
 */
export async function importScripts(
  desk: Desk,
  agent: Agent,
  file: ImportFile,
  titles: GroupTitles,
  apply: boolean,
): Promise<ImportReport> {
  const { form, rows, refused } = await readImportApart(file.bytes, {
    ...(file.fileName === undefined ? {} : { fileName: file.fileName }),
    ...(file.form === undefined ? {} : { form: file.form }),
  });
  if (form === undefined) {
    const refusal = refused[0] ?? refuseRow(0, 'file', 'unknown-form');
    throw new DeskError('bad_request', refusal.message, { code: refusal.code, params: refusal.params });
  }
  for (let tried = 1; ; tried++) {
    const view = await desk.libraries.view(agent.shopId);
    const own = await desk.ledger.personalScripts.ofAgent(agent.shopId, agent.id);
    const plan = sparePeople(
      await planImport(rows, {
        existing: [...view.heads.values()].map(headOf),
        groups: groupsOf(view, titles),
        slots: SLOT_EXAMPLES,
        suggestIntents: createIntentSuggester((text) =>
          view.library.understanding.analyse(text, { order: null, prev: [] }),
        ),
        suggestCard: createCardSuggester(view.library.scripts),
        codesTaken: own.map(({ code }) => code),
        refused,
        ...(file.onProgress && { onProgress: file.onProgress }),
      }),
      view,
    );
    refuseTooManyPhrases(plan, own.length);
    const report = reportOf(plan, form, rows.length + refused.length, apply);
    if (!apply) return report;
    try {
      await applyPlan(desk, agent, plan, view);
      return report;
    } catch (error) {
      if (!(error instanceof DeskError && error.code === 'conflict') || tried === TRIES) throw error;
      await desk.libraries.refresh(agent.shopId);
    }
  }
}

/** Writes the scripts in force for another tool, or as our own files. */
export async function exportLibrary(
  desk: Desk,
  shopId: string,
  form: ImportForm,
  titles: GroupTitles,
): Promise<ExportedFile> {
  const view = await desk.libraries.view(shopId);
  const nowMs = desk.clock.now();
  const inForce = [...view.heads.values()]
    .flatMap(({ approved }) => (approved && isInForce(approved, nowMs) ? [approved.script] : []))
    .sort((a, b) => a.id.localeCompare(b.id, 'en', { numeric: true }));
  return await exportScripts(inForce, form, { groups: groupsOf(view, titles) });
}

function headOf({ open, approved, newest }: ScriptHeads): Script {
  return (open ?? approved ?? newest).script;
}

/** The group of each script as people name it: that of the tool it came from, else the title of its file. */
function groupsOf({ heads }: LibraryView, titles: GroupTitles): Map<string, string> {
  return new Map(
    [...heads].map(([scriptId, { newest }]) => [
      scriptId,
      importedGroup(newest.script) ?? titles.get(newest.group) ?? newest.group,
    ]),
  );
}

/** What a person works on is not written over: such rows are refused and say why. */
function sparePeople(plan: ImportPlan, view: LibraryView): ImportPlan {
  const busy = plan.changed.filter(({ script }) => {
    const open = view.heads.get(script.id)?.open;
    return open !== undefined && open.origin !== 'import';
  });
  if (busy.length === 0) return plan;
  const refused = busy.flatMap(({ rows, script }) =>
    rows.map((row) => refuseRow(row, 'row', 'open-draft', { script: script.id })),
  );
  return {
    ...plan,
    changed: plan.changed.filter((change) => !busy.includes(change)),
    refused: [...plan.refused, ...refused],
  };
}

/** Every key in the `/` menu goes through all phrases of an agent. @throws DeskError `bad_request` */
function refuseTooManyPhrases({ added }: ImportPlan, kept: number): void {
  const brought = added.filter(({ personal }) => personal).length;
  if (brought === 0 || kept + brought <= MOST_PHRASES) return;
  throw new DeskError(
    'bad_request',
    `the file brings ${brought} personal phrases and you keep ${kept}: ${MOST_PHRASES} is the most`,
  );
}

/** Writes what was planned. @throws DeskError `conflict` when the library has changed since */
async function applyPlan(desk: Desk, agent: Agent, plan: ImportPlan, view: LibraryView): Promise<void> {
  const nowMs = desk.clock.now();
  const { shopId } = agent;
  const drafts = draftsOf(plan, view, agent, nowMs);
  const phrases = plan.added.filter(({ personal }) => personal).map((added) => phraseOf(added, nowMs));
  if (drafts.length + phrases.length === 0) return;
  await desk.ledger.transaction(async (stores) => {
    const state = await stores.scripts.begin(shopId);
    // Thrown, so that the number taken is given back: imports side by side would else outdate each other for ever.
    if (state !== view.state + 1) throw new DeskError('conflict', 'the library changed while the import was planned');
    await stores.scripts.save(shopId, state, drafts);
    for (const phrase of phrases) await stores.personalScripts.save(shopId, agent.id, phrase);
    const counts = { drafts: drafts.length, phrases: phrases.length, refused: plan.refused.length };
    await stores.desk.audit(shopId, agent.id, 'library', { what: 'import', ...counts }, nowMs);
  });
  await putInForce(desk, shopId);
}

function draftsOf(plan: ImportPlan, view: LibraryView, agent: Agent, nowMs: number): StoredVersion[] {
  const added = plan.added.filter(({ personal }) => !personal).map(({ script }) => script);
  const changed = plan.changed.map(({ script }) => script);
  return [...added, ...changed].map((script) => {
    const heads = view.heads.get(script.id);
    const versions = heads ? [heads.newest, ...[heads.open, heads.approved].flatMap((version) => version ?? [])] : [];
    const group = heads?.newest.group ?? IMPORTED_GROUP;
    const draft = importedVersion(versions, script, group, agent, nowMs);
    return heads?.open ? renewed(heads.open, draft) : draft;
  });
}

/** Group of what came from elsewhere, until a person gives it another one. */
const IMPORTED_GROUP = 'imported';

/** An import that was not decided yet takes the newer words, and whoever brought them is its author. */
function renewed(open: StoredVersion, draft: StoredVersion): StoredVersion {
  const editors = [...new Set([...open.editors, ...draft.editors])];
  return { ...rewritten(open, draft), author: draft.author, editors };
}

function phraseOf({ script }: AddedScript, nowMs: number): PersonalScript {
  const text = script.variants[0]!.text;
  return { id: createId('script', nowMs), code: script.code, title: script.title.zh, text, changedAt: nowMs };
}

function reportOf(plan: ImportPlan, form: ImportForm, rows: number, isApplied: boolean): ImportReport {
  return {
    form,
    applied: isApplied,
    counts: {
      rows,
      added: plan.added.length,
      changed: plan.changed.length,
      unchanged: plan.unchanged.length,
      refused: plan.refused.length,
      duplicates: plan.duplicates.length,
    },
    added: plan.added.slice(0, SHOWN).map(({ row, ...added }) => ({ row, ...lineOf(added) })),
    changed: plan.changed.slice(0, SHOWN).map(({ rows: [row], before, ...changed }) => ({
      ...(row === undefined ? {} : { row }),
      ...lineOf(changed),
      before: before.variants[0]!.text,
    })),
    refused: plan.refused
      .slice(0, SHOWN)
      .map(({ row, field, code, params, message }) => ({ row, field, code, params, reason: message })),
    duplicates: plan.duplicates.slice(0, SHOWN).map(({ row, scriptId, of, similarity }) => ({
      row,
      text: textOf(plan, scriptId),
      like: of.scriptId,
      share: similarity,
    })),
  };
}

function lineOf({ script, personal, notices }: Pick<AddedScript, 'script' | 'personal' | 'notices'>) {
  return {
    scriptId: script.id,
    code: script.code,
    title: script.title.zh,
    text: script.variants[0]!.text,
    intents: script.intents,
    card: script.card,
    personal,
    warnings: notices.map(({ message }) => message),
    notices: notices.map(({ code, params }) => ({ code, params })),
  };
}

function textOf({ added, changed }: ImportPlan, scriptId: string): string {
  const found = [...added, ...changed].find(({ script }) => script.id === scriptId);
  return found?.script.variants[0]?.text ?? '';
}
