/** The shop governs its library: drafts, decisions, changed files; each change is one transaction on the record. */

import type { z } from 'zod';
import type { Agent } from '../desk/ports.ts';
import { DeskError } from '../lib/errors.ts';
import type {
  BulkAnswerSchema,
  BulkDecisionSchema,
  LibraryCommand,
  LibraryDetail,
  SaveDraft,
  ScriptVersion,
} from '../protocol/library.ts';
import { NO_CARD } from '../protocol/script.ts';
import {
  bodyOf,
  decide,
  fileVersion,
  type Governance,
  hashBody,
  openVersion,
  rewritten,
  saveDraft,
  shippedVersion,
  whyNotApprove,
} from '../scripts/govern.ts';
import type { Library } from '../scripts/load-library.ts';
import type { StoredVersion } from '../scripts/ports.ts';
import { checkScript } from './check-script.ts';
import type { Desk } from './desk.ts';
import { putInForce } from './library-keeper.ts';
import type { Ledger, Stores } from './ports.ts';
import { showEntry } from './show-library.ts';

/** Begins a draft or writes over the open one. @throws DeskError `conflict` */
export async function saveLibraryDraft(desk: Desk, agent: Agent, input: SaveDraft): Promise<ScriptVersion> {
  const by = await governanceOf(desk, agent);
  const saved = await changeLibrary(desk, agent, `draft ${input.script.id}`, async (stores) => {
    const versions = await stores.scripts.versions(agent.shopId, input.script.id);
    return [saveDraft(versions, input, by)];
  });
  return showVersion(saved[0]!);
}

/**
 * Carries out a command on a script; what is approved is in force on this node when the promise resolves, and on
 * the others within a second.
 *
 * @throws DeskError `forbidden`, `conflict`, `not_found`, `bad_request`
 */
export async function commandScript(
  desk: Desk,
  agent: Agent,
  scriptId: string,
  command: LibraryCommand,
): Promise<LibraryDetail> {
  const by = await governanceOf(desk, agent);
  await changeLibrary(desk, agent, `${command.action} ${scriptId}`, async (stores) =>
    decide(scriptId, await stores.scripts.versions(agent.shopId, scriptId), command, by),
  );
  return await showScript(desk, agent, scriptId);
}

type BulkDecision = z.infer<typeof BulkDecisionSchema>;

/** Decides on many open versions; each is answered for itself, and those that may be are decided together. */
export async function decideMany(
  desk: Desk,
  agent: Agent,
  { action, items, note }: BulkDecision,
): Promise<z.infer<typeof BulkAnswerSchema>> {
  const by = await governanceOf(desk, agent);
  const refused: z.infer<typeof BulkAnswerSchema>['refused'] = [];
  const done: string[] = [];
  await changeLibrary(desk, agent, `${action} ${items.length} scripts`, async (stores) => {
    refused.length = 0;
    done.length = 0;
    const changed: StoredVersion[] = [];
    const seen = new Set<string>();
    for (const { scriptId, revision } of items) {
      const versions = await stores.scripts.versions(agent.shopId, scriptId);
      try {
        if (seen.has(scriptId)) throw new DeskError('conflict', `${scriptId} is listed twice`);
        seen.add(scriptId);
        const command = action === 'submit' ? { action, revision } : { action, revision, note };
        const decided = decide(scriptId, versions, command, by);
        refuseTakenCode(decided, changed);
        changed.push(...decided);
        done.push(scriptId);
      } catch (error) {
        if (!(error instanceof DeskError)) throw error;
        refused.push({ scriptId, code: error.code, message: error.message });
      }
    }
    return changed;
  });
  return { done, refused };
}

/** What one decision approves has no code that another of the same request has. */
function refuseTakenCode(decided: readonly StoredVersion[], changed: readonly StoredVersion[]): void {
  for (const { script } of decided.filter((version) => version.script.status === 'approved')) {
    const taken = changed.find(({ script: other }) => other.status === 'approved' && other.code === script.code);
    if (taken) throw new DeskError('bad_request', `code "${script.code}" is taken by ${taken.script.id}`);
  }
}

/** A script with its history, and whether the reader may approve what is open. */
export async function showScript(desk: Desk, agent: Agent, scriptId: string): Promise<LibraryDetail> {
  const [versions, people] = await Promise.all([
    desk.ledger.scripts.versions(agent.shopId, scriptId),
    desk.ledger.people.agents(agent.shopId),
  ]);
  const newest = versions[0];
  if (!newest) throw new DeskError('not_found', `script ${scriptId} is not in this library`);
  const whyNot = whyNotApprove(versions, agent, supervisorsOf(people));
  return {
    entry: showEntry(versions, desk.clock.now()),
    versions: versions.map(showVersion),
    mayApprove: whyNot === undefined,
    ...(whyNot ? { whyNot } : {}),
  };
}

/** A free id for a script of the shop's own: the card's, else `SHOP`, with a number behind it. */
export async function newScriptId(desk: Desk, shopId: string, card: string): Promise<string> {
  const { heads } = await desk.libraries.view(shopId);
  for (let number = 1; ; number++) {
    const id = `${card}-${card === NO_CARD ? '' : 'shop-'}${number}`;
    if (!heads.has(id)) return id;
  }
}

/**
 * Brings a shop's library up to the files that ship: an empty one takes them as they are, approved; to any other a
 * file that says something never seen before is a draft. A draft that somebody works on is left alone until it is
 * decided.
 *
 * @returns how many versions were written
 */
export async function takeShippedFiles(ledger: Ledger, shopId: string, files: Library, nowMs: number): Promise<number> {
  const hashes = await ledger.scripts.hashes(shopId);
  if (unseen(files, hashes).length === 0) return 0;
  return await ledger.transaction(async (stores) => {
    const state = await stores.scripts.begin(shopId);
    const known = await stores.scripts.hashes(shopId);
    const written: StoredVersion[] = [];
    for (const { script, group } of unseen(files, known)) {
      if (known.size === 0) {
        written.push(shippedVersion(script, group, nowMs));
        continue;
      }
      const versions = await stores.scripts.versions(shopId, script.id);
      const open = openVersion(versions);
      if (open && open.origin !== 'file') continue;
      const draft = fileVersion(versions, script, group, nowMs);
      written.push(open ? { ...rewritten(open, draft), group } : draft);
    }
    await stores.scripts.save(shopId, state, written);
    return written.length;
  });
}

function unseen(files: Library, hashes: ReadonlyMap<string, ReadonlySet<string>>) {
  return [...files.files.values()].flatMap(({ group, scripts }) =>
    scripts
      .filter((script) => hashes.get(script.id)?.has(hashBody(bodyOf(script))) !== true)
      .map((script) => ({ script, group })),
  );
}

/** One change of a library: numbered, written, noted in the audit trail, and told to every node. */
export async function changeLibrary(
  desk: Desk,
  agent: Pick<Agent, 'id' | 'shopId'>,
  what: string,
  work: (stores: Stores) => Promise<StoredVersion[]>,
): Promise<StoredVersion[]> {
  const { shopId } = agent;
  const written = await desk.ledger.transaction(async (stores) => {
    const state = await stores.scripts.begin(shopId);
    const versions = await work(stores);
    await stores.scripts.save(shopId, state, versions);
    const rows = versions.map(({ script }) => ({ id: script.id, version: script.version, status: script.status }));
    await stores.desk.audit(shopId, agent.id, 'library', { what, rows: rows.slice(0, AUDITED) }, desk.clock.now());
    return versions;
  });
  await putInForce(desk, shopId);
  return written;
}

/** Rows of one change that the audit trail names. */
const AUDITED = 500;

async function governanceOf(desk: Desk, agent: Agent): Promise<Governance> {
  const [people, library] = await Promise.all([
    desk.ledger.people.agents(agent.shopId),
    desk.libraries.of(agent.shopId),
  ]);
  return {
    nowMs: desk.clock.now(),
    actor: agent,
    supervisors: supervisorsOf(people),
    check: (script) => checkScript(script, library),
  };
}

function supervisorsOf(people: readonly Agent[]): string[] {
  return people.filter(({ role }) => role === 'supervisor').map(({ id }) => id);
}

/** As consoles see it: without the hash. */
function showVersion({ bodyHash: _hash, ...version }: StoredVersion): ScriptVersion {
  return version;
}
