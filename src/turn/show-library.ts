/** The library as its list shows it. */
import type { LibraryEntry, LibraryList, LibraryQuery } from '../protocol/library.ts';
import { approvedVersion, isInForce, openVersion } from '../scripts/govern.ts';
import type { StoredVersion } from '../scripts/ports.ts';
import { createScriptSearch, type ScriptSearch } from '../scripts/search-scripts.ts';
import type { Desk } from './desk.ts';
import type { LibraryView, ScriptHeads } from './library-keeper.ts';

type State = Exclude<LibraryQuery['state'], 'all'>;

/** Lists the scripts of a shop that fit a query, a page at a time. */
export async function listLibrary(
  desk: Desk,
  shopId: string,
  query: LibraryQuery,
): Promise<Omit<LibraryList, 'fileProblem'>> {
  const view = await desk.libraries.view(shopId);
  const nowMs = desk.clock.now();
  const all = [...view.heads.values()].map((heads) => ({ heads, states: statesOf(heads, nowMs) }));
  const found = query.q.trim() === '' ? undefined : findIn(view, query.q);
  const fitting = all.filter(
    ({ heads, states }) =>
      (query.state === 'all' || states.includes(query.state)) &&
      (query.group === undefined || heads.newest.group === query.group) &&
      (found === undefined || found.has(heads.newest.script.id)),
  );
  // Found ones in the order of the search, all others what waits first, then by id.
  const sorted = fitting.sort((a, b) =>
    found
      ? rankOf(found, a.heads) - rankOf(found, b.heads)
      : waits(b.heads) - waits(a.heads) || compareIds(a.heads, b.heads),
  );
  const count = (state: State) => all.filter(({ states }) => states.includes(state)).length;
  return {
    entries: sorted
      .slice(query.offset, query.offset + query.limit)
      .map(({ heads }) => showEntry([heads.newest, ...[heads.open, heads.approved].flatMap((v) => v ?? [])], nowMs)),
    total: sorted.length,
    counts: {
      all: all.length,
      in_force: count('in_force'),
      draft: count('draft'),
      in_review: count('in_review'),
      expired: count('expired'),
      retired: count('retired'),
    },
    groups: [...new Set(all.map(({ heads }) => heads.newest.group))].sort(),
    revision: view.state,
  };
}

/** A script in the list, from its versions. */
export function showEntry(versions: readonly StoredVersion[], nowMs: number): LibraryEntry {
  const newest = versions.reduce((a, b) => (b.script.version > a.script.version ? b : a));
  const open = openVersion(versions);
  const approved = approvedVersion(versions);
  const { script, group } = approved ?? newest;
  const inForce = approved && isInForce(approved, nowMs);
  return {
    scriptId: script.id,
    card: script.card,
    code: script.code,
    title: script.title,
    group,
    text: script.variants[0]!.text,
    intents: script.intents,
    expired: approved !== undefined && !inForce,
    changedAt: Math.max(...versions.map((version) => version.changedAt)),
    ...(inForce ? { inForce: approved.script.version } : {}),
    ...(approved?.expiresAt === undefined ? {} : { expiresAt: approved.expiresAt }),
    ...(open
      ? {
          open: {
            version: open.script.version,
            status: open.script.status === 'in_review' ? 'in_review' : 'draft',
            revision: open.revision,
            origin: open.origin,
            author: open.author,
            changedAt: open.changedAt,
          },
        }
      : {}),
  };
}

function statesOf({ open, approved }: ScriptHeads, nowMs: number): State[] {
  const states: State[] = [];
  if (approved) states.push(isInForce(approved, nowMs) ? 'in_force' : 'expired');
  if (open) states.push(open.script.status === 'in_review' ? 'in_review' : 'draft');
  return states.length > 0 ? states : ['retired'];
}

/** What somebody has to decide comes first. */
function waits({ open }: ScriptHeads): number {
  if (!open) return 0;
  return open.script.status === 'in_review' ? 2 : 1;
}

function compareIds(a: ScriptHeads, b: ScriptHeads): number {
  return a.newest.script.id.localeCompare(b.newest.script.id, 'en', { numeric: true });
}

function rankOf(found: ReadonlyMap<string, number>, { newest }: ScriptHeads): number {
  return found.get(newest.script.id) ?? 0;
}

/** The index of a library, made when somebody searches its list and kept while the library stands still. */
const indexes = new WeakMap<LibraryView['heads'], ScriptSearch>();
const MOST_FOUND = 500;

function findIn({ heads }: LibraryView, words: string): Map<string, number> {
  let index = indexes.get(heads);
  if (!index) {
    index = createScriptSearch(
      [...heads.values()].map(({ open, approved, newest }) => (open ?? approved ?? newest).script),
    );
    indexes.set(heads, index);
  }
  return new Map(index.search(words, { limit: MOST_FOUND }).map((hit, place) => [hit.script.id, place]));
}
