import { setImmediate } from 'node:timers/promises';
import { NO_CARD, type Script } from '../../protocol/script.ts';
import { type ConvertedText, convertPlaceholders, type SlotExamples } from './convert-placeholders.ts';
import { chooseIntents, draftChange, draftOwnScript, draftRow, replaceScript } from './draft-script.ts';
import { createDuplicateIndex } from './find-duplicates.ts';
import { type ImportedRow, type ImportNotice, type RefusedRow, refuseRow } from './import-row.ts';
import { createCodeBook } from './make-code.ts';
import { matchRows, type RowMatch } from './match-rows.ts';
import type { SuggestedIntent } from './suggest-card.ts';

/** What an import is planned against. */
export interface PlanOptions {
  /** The latest version of every script, whatever its status. */
  existing: readonly Script[];
  /** Slots of the catalogue, each with an example of what it writes. */
  slots: SlotExamples;
  /** Which intents a text answers, the likeliest first. Default none. */
  suggestIntents?: (text: string) => readonly SuggestedIntent[] | Promise<readonly SuggestedIntent[]>;
  /** The card a text is written to, or `SHOP`. Default always `SHOP`. */
  suggestCard?: (text: string, intents: readonly SuggestedIntent[]) => string;
  /** Titles of the groups of existing scripts, by script id: with the code they tell which row is which script. */
  groups?: ReadonlyMap<string, string>;
  /** Codes that are given away beside those of `existing`, such as agents' own. */
  codesTaken?: Iterable<string>;
  /** Rows the reader refused; they are part of the plan. */
  refused?: readonly RefusedRow[];
  /** Told now and then how many rows are done, as work done: the last is told when they are compared as well. */
  onProgress?: (done: number, total: number) => void;
}

/** A script the library does not have. */
export interface AddedScript {
  row: number;
  script: Script;
  /** It belongs to one agent, not to the shop. */
  personal: boolean;
  notices: readonly ImportNotice[];
}

/** A script of the library with other words; several rows can change wordings of one script. */
export interface ChangedScript {
  rows: readonly number[];
  before: Script;
  /** The draft: `before` with the rows' words, one version on. */
  script: Script;
  personal: boolean;
  notices: readonly ImportNotice[];
}

/** A row that says nearly what another one, or a script of the library, says already. */
export interface DuplicateRow {
  row: number;
  /** The draft of the row. */
  scriptId: string;
  of: { row: number; scriptId: string } | { scriptId: string; variant: number };
  /** Share of common pairs of characters, up to 1: the same words. */
  similarity: number;
}

/** What an import would do; nothing the file does not name is touched. */
export interface ImportPlan {
  added: readonly AddedScript[];
  changed: readonly ChangedScript[];
  unchanged: readonly { row: number; scriptId: string }[];
  refused: readonly RefusedRow[];
  duplicates: readonly DuplicateRow[];
}

/** Share of the work that is done when all rows are placed; the rest compares them. */
const PLACING_SHARE = 0.75;

/** Rows after which the event loop has its turn: a desk stays awake during a long import. */
const ROWS_A_ROUND = 25;

/**
 * Plans what an import does to the library. The same rows against the result are all `unchanged`.
 *
 * Every script it names is a draft; retired scripts are found again and never come back by themselves.
 */
export async function planImport(rows: readonly ImportedRow[], options: PlanOptions): Promise<ImportPlan> {
  const planner = await createPlanner(rows, options);
  const tell = (share: number) => options.onProgress?.(Math.floor(share * rows.length), rows.length);
  for (const [i, row] of rows.entries()) {
    await planner.place(row, planner.matches[i]!);
    if (i % ROWS_A_ROUND === ROWS_A_ROUND - 1) {
      tell((PLACING_SHARE * (i + 1)) / rows.length);
      await setImmediate();
    }
  }
  const plan = planner.finish();
  const duplicates = await findDuplicates(plan, options.existing, (compared) =>
    tell(PLACING_SHARE + (1 - PLACING_SHARE) * compared),
  );
  tell(1);
  return { ...plan, duplicates };
}

type Plan = Omit<ImportPlan, 'duplicates'>;

async function createPlanner(rows: readonly ImportedRow[], options: PlanOptions) {
  const { existing, slots, suggestIntents, suggestCard } = options;
  const conversions = new Map<ImportedRow, ConvertedText>();
  const codes = createCodeBook([...existing.map((script) => script.code), ...(options.codesTaken ?? [])]);
  const ids = new Set(existing.map((script) => script.id));
  const cardIntents = new Map(
    existing.filter((script) => script.id === script.card).map((script) => [script.card, script.intents]),
  );
  const added: AddedScript[] = [];
  const changed = new Map<string, ChangedScript>();
  const unchanged: { row: number; scriptId: string }[] = [];
  const refused = [...(options.refused ?? [])];

  function convert(row: ImportedRow): ConvertedText {
    let converted = conversions.get(row);
    if (!converted) {
      converted = row.script ? { text: row.text, notices: [] } : convertPlaceholders(row.text, slots);
      conversions.set(row, converted);
    }
    return converted;
  }

  async function draftNew(row: ImportedRow) {
    if (row.script) return draftOwnScript(row.script, codes, ids);
    const converted = convert(row);
    const intents = mergeIntents([
      ...((await suggestIntents?.(plainWords(converted.text))) ?? []),
      ...(row.title === '' ? [] : ((await suggestIntents?.(row.title)) ?? [])),
    ]);
    const card = suggestCard?.(converted.text, intents) ?? NO_CARD;
    const chosen = chooseIntents(card, intents, cardIntents);
    return draftRow(row, { converted, slots, card, intents: chosen, codes, ids });
  }

  function change(row: ImportedRow, script: Script, variant: number): void {
    const sofar = changed.get(script.id);
    const base = sofar?.script ?? { ...script, version: script.version + 1 };
    const draft = row.script
      ? { script: { ...replaceScript(script, row.script), version: base.version }, notices: row.notices }
      : draftChange(base, variant, row, convert(row), slots);
    changed.set(script.id, {
      rows: [...(sofar?.rows ?? []), row.row],
      before: script,
      script: draft.script,
      personal: row.personal || sofar?.personal === true,
      notices: [...(sofar?.notices ?? []), ...draft.notices],
    });
  }

  return {
    matches: await matchRows(rows, {
      existing,
      groups: options.groups ?? new Map(),
      convert: (row) => convert(row).text,
    }),
    async place(row: ImportedRow, match: RowMatch) {
      if (match.kind === 'unchanged') unchanged.push({ row: row.row, scriptId: match.script.id });
      else if (match.kind === 'repeated')
        refused.push(refuseRow(row.row, 'row', 'repeated-row', { first: match.first }));
      else if (match.kind === 'changed') change(row, match.script, match.variant);
      else added.push({ row: row.row, personal: row.personal, ...(await draftNew(row)) });
    },
    finish(): Plan {
      refused.sort((a, b) => a.row - b.row);
      return { added, changed: [...changed.values()], unchanged, refused };
    },
  };
}

/** Characters that tell what a text answers. */
const MOST_UNDERSTOOD = 500;

/** Slots and open places say nothing about what a text answers. */
function plainWords(text: string): string {
  return text.replace(/\{[^{}]*\}|\s+/g, (part) => (part.startsWith('{') ? '' : ' ')).slice(0, MOST_UNDERSTOOD);
}

function mergeIntents(all: readonly SuggestedIntent[]): SuggestedIntent[] {
  const best = new Map<string, number>();
  for (const { intent, confidence } of all) best.set(intent, Math.max(confidence, best.get(intent) ?? 0));
  return [...best].map(([intent, confidence]) => ({ intent, confidence })).sort((a, b) => b.confidence - a.confidence);
}

type Place = DuplicateRow['of'];

/** Compares what the import brings with the library and with the rows further up; `tell` hears the share done. */
async function findDuplicates(
  plan: Plan,
  existing: readonly Script[],
  tell: (share: number) => void,
): Promise<DuplicateRow[]> {
  const living = existing.filter((script) => script.status !== 'retired');
  const texts = (script: Script) => script.variants.map((variant) => variant.text);
  const drafts = [
    ...plan.added.map(({ row, script }) => ({ row, script, brings: texts(script) })),
    ...plan.changed.map(({ rows, script, before }) => {
      const known = new Set(texts(before));
      return { row: rows[0]!, script, brings: texts(script).filter((text) => !known.has(text)) };
    }),
  ].sort((a, b) => a.row - b.row);
  const index = createDuplicateIndex<Place>([...living.flatMap(texts), ...drafts.flatMap(({ brings }) => brings)]);
  for (const script of living) {
    for (const [variant, text] of texts(script).entries()) index.add(text, { scriptId: script.id, variant });
  }

  const duplicates: DuplicateRow[] = [];
  for (const [i, { row, script, brings }] of drafts.entries()) {
    for (const text of brings) {
      const found = index.find(text, (place) => place.scriptId !== script.id);
      if (!found) continue;
      duplicates.push({ row, scriptId: script.id, of: found.item, similarity: found.similarity });
      break;
    }
    for (const text of brings) index.add(text, { row, scriptId: script.id });
    if (i % ROWS_A_ROUND !== ROWS_A_ROUND - 1) continue;
    tell((i + 1) / drafts.length);
    await setImmediate();
  }
  return duplicates;
}
