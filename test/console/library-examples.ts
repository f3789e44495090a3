/** Records of the library for the tests of its pages. */
import type {
  LibraryDetail,
  LibraryEntry,
  LibraryList,
  ScriptBody,
  ScriptVersion,
} from '../../src/protocol/library.ts';

/** What people write of a script, with these wordings. */
export function scriptBody(texts: readonly string[], change: Partial<ScriptBody> = {}): ScriptBody {
  return {
    id: 'SCR-01',
    card: 'SCR-01',
    code: 'zh1',
    title: { zh: '开场招呼', en: 'Opening greeting' },
    modes: ['A'],
    intents: ['INT-GEN-01'],
    stages: ['FLOW-1'],
    buyerTypes: [],
    slots: [],
    guards: ['agentOnDuty'],
    length: 'L1',
    variants: texts.map((text) => ({ text, language: 'zh-Hans' as const })),
    setsOff: [],
    sources: ['S1'],
    ...change,
  };
}

/** A version of it. */
export function scriptVersion(
  version: number,
  status: ScriptVersion['script']['status'],
  change: Partial<ScriptVersion> = {},
): ScriptVersion {
  return {
    script: { ...scriptBody([`第 ${version} 版`]), status, version },
    group: 'greeting',
    origin: 'console',
    revision: 1,
    author: { id: 'a1', name: '小禾' },
    editors: ['a1'],
    createdAt: 1000,
    changedAt: 1000,
    note: '',
    ...change,
  };
}

/** A script of the list; the number makes its id. */
export function entry(number: number, change: Partial<LibraryEntry> = {}): LibraryEntry {
  return {
    scriptId: `SHOP-${number}`,
    card: 'SHOP',
    code: `s${number}`,
    title: { zh: `话术 ${number}`, en: `Script ${number}` },
    group: 'shop',
    text: '您好',
    intents: [],
    inForce: 1,
    expired: false,
    changedAt: 1000,
    ...change,
  };
}

/** An open version of an entry. */
export function openWork(status: 'draft' | 'in_review', revision = 1): NonNullable<LibraryEntry['open']> {
  return { version: 2, revision, status, origin: 'console', author: { id: 'a1', name: '小禾' }, changedAt: 1000 };
}

/** A page of the list. */
export function listPage(entries: LibraryEntry[], total = entries.length): LibraryList {
  return {
    entries,
    total,
    counts: { all: total, in_force: total, draft: 0, in_review: 0, expired: 0, retired: 0 },
    groups: ['shop'],
    revision: 1,
  };
}

/** A script with its versions, newest first. */
export function libraryDetail(versions: ScriptVersion[]): LibraryDetail {
  return { entry: entry(1), versions, mayApprove: false, whyNot: 'not_supervisor' };
}
