import { createHash } from 'node:crypto';
import { DeskError } from '../lib/errors.ts';
import type { LibraryCommand, SaveDraft, ScriptBody, ScriptFinding, ScriptVersion } from '../protocol/library.ts';
import type { Script } from '../protocol/script.ts';
import type { StoredVersion } from './ports.ts';

/** Who does something with the library. */
export interface Actor {
  id: string;
  name: string;
  role: 'agent' | 'supervisor';
}

/** What a decision is made under. */
export interface Governance {
  nowMs: number;
  actor: Actor;
  /** Ids of everybody of the shop who may approve. */
  supervisors: readonly string[];
  /** What is wrong with a script; an error keeps it from being approved. */
  check(script: Script): readonly ScriptFinding[];
}

/** Stands for the product itself as author and approver of the library that ships. */
export const PRODUCT = { id: 'huashu', name: 'huashu' } as const;
/** Stands for whoever changed a file of the library. */
const FILE = { id: 'file', name: 'scripts-library' } as const;
/** Stands for the desk as the author of what agents kept writing. */
const LEARNING = { id: 'learning', name: 'huashu' } as const;

/** The last moment that can be written as a date. */
const LAST_MS = 8_640_000_000_000_000;

const isOpen = ({ script }: ScriptVersion) => script.status === 'draft' || script.status === 'in_review';
const isApproved = ({ script }: ScriptVersion) => script.status === 'approved';

/** The version people work on, if there is one. */
export function openVersion<T extends ScriptVersion>(versions: readonly T[]): T | undefined {
  return versions.find(isOpen);
}

/** The approved version, whether or not it has run out. */
export function approvedVersion<T extends ScriptVersion>(versions: readonly T[]): T | undefined {
  return versions.find(isApproved);
}

/** Whether a version may be said at a moment. */
export function isInForce(version: ScriptVersion, nowMs: number): boolean {
  return isApproved(version) && (version.expiresAt === undefined || version.expiresAt > nowMs);
}

/** The part of a script that people write. */
export function bodyOf({ status: _status, version: _version, ...body }: Script): ScriptBody {
  return body;
}

/** Hash of what people wrote: the same text of another version has the same hash. */
export function hashBody(body: ScriptBody): string {
  return createHash('sha256').update(canonical(body)).digest('base64url');
}

/** JSON with the keys of every object in order and without undefined values. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/** Why somebody may not approve the open version; `undefined` when they may. */
export function whyNotApprove(
  versions: readonly ScriptVersion[],
  actor: Actor,
  supervisors: readonly string[],
): 'not_supervisor' | 'own_work' | 'nothing_open' | undefined {
  if (actor.role !== 'supervisor') return 'not_supervisor';
  const open = openVersion(versions);
  if (!open) return 'nothing_open';
  return isOwnWork(open, actor, supervisors) ? 'own_work' : undefined;
}

/** Two pairs of eyes wherever there are two: who wrote does not approve while somebody else can. */
function isOwnWork(version: ScriptVersion, actor: Actor, supervisors: readonly string[]): boolean {
  const others = supervisors.filter((id) => id !== actor.id);
  if (version.author.id === actor.id) return others.length > 0;
  return version.editors.includes(actor.id) && others.some((id) => !version.editors.includes(id));
}

/** A version of a shipped file: approved from the first moment on. */
export function shippedVersion(script: Script, group: string, nowMs: number): StoredVersion {
  return {
    ...begun(bodyOf(script), group, 'shipped', PRODUCT, script.version, nowMs),
    script: { ...script, status: 'approved' },
    approvedOnce: true,
    decidedBy: PRODUCT,
    decidedAt: nowMs,
  };
}

/** The draft that a changed file becomes: number after the newest. */
export function fileVersion(
  versions: readonly StoredVersion[],
  script: Script,
  group: string,
  nowMs: number,
): StoredVersion {
  const draft = begun(bodyOf(script), group, 'file', FILE, nextNumber(versions), nowMs);
  return withBase(draft, approvedVersion(versions));
}

/** The draft that repeated edits become, with a note that says which: number after the newest. */
export function learntVersion(
  versions: readonly StoredVersion[],
  script: Script,
  group: string,
  note: string,
  nowMs: number,
): StoredVersion {
  const draft = begun(bodyOf(script), group, 'learning', LEARNING, nextNumber(versions), nowMs);
  return { ...withBase(draft, approvedVersion(versions)), note };
}

/** The draft that an imported script becomes. An open version by somebody's hand is not written over. */
export function importedVersion(
  versions: readonly StoredVersion[],
  script: Script,
  group: string,
  actor: Actor,
  nowMs: number,
): StoredVersion {
  const person = { id: actor.id, name: actor.name };
  return withBase(
    begun(bodyOf(script), group, 'import', person, nextNumber(versions), nowMs),
    approvedVersion(versions),
  );
}

/** The open version with the words of a newer draft; number, first day and whoever wrote on it stay. */
export function rewritten(open: StoredVersion, draft: StoredVersion): StoredVersion {
  return {
    ...open,
    script: { ...draft.script, version: open.script.version },
    bodyHash: draft.bodyHash,
    revision: open.revision + 1,
    changedAt: draft.changedAt,
  };
}

/**
 * Begins a draft, or writes over the open one.
 *
 * @param versions of this script, newest first
 * @throws DeskError `conflict` when the draft has changed since it was read, or is in review
 */
export function saveDraft(versions: readonly StoredVersion[], input: SaveDraft, by: Governance): StoredVersion {
  const person = { id: by.actor.id, name: by.actor.name };
  const open = openVersion(versions);
  if (!open) {
    if (input.revision !== undefined) throw conflict(input.script.id, 'the draft is gone: it was decided meanwhile');
    const draft = begun(input.script, input.group, 'console', person, nextNumber(versions), by.nowMs);
    return { ...withBase(draft, approvedVersion(versions)), note: input.note };
  }
  if (open.script.status === 'in_review') {
    throw conflict(input.script.id, `version ${open.script.version} is in review: it is returned first`);
  }
  if (input.revision !== open.revision) {
    throw conflict(input.script.id, `version ${open.script.version} was changed by ${open.author.name} meanwhile`);
  }
  return {
    ...open,
    script: { ...input.script, status: 'draft', version: open.script.version },
    group: input.group,
    // From here on it is a person's work: no file and no import writes over it.
    origin: 'console',
    bodyHash: hashBody(input.script),
    revision: open.revision + 1,
    author: person,
    editors: [...new Set([...open.editors, person.id])],
    changedAt: by.nowMs,
    note: input.note,
  };
}

/**
 * Carries out a command on the versions of one script.
 *
 * @returns the versions that changed, to be written together
 * @throws DeskError `forbidden`, `conflict`, `not_found`, `bad_request` (with `findings` in the details)
 */
export function decide(
  scriptId: string,
  versions: readonly StoredVersion[],
  command: LibraryCommand,
  by: Governance,
): StoredVersion[] {
  if (versions.length === 0) throw new DeskError('not_found', `script ${scriptId} is not in this library`);
  const decision = new Decision(scriptId, versions, by);
  switch (command.action) {
    case 'submit':
      return decision.submit(command.revision);
    case 'return':
      return decision.sendBack(command.revision, command.note);
    case 'approve':
      return decision.approve(command.revision, command.note, command.expiresAt);
    case 'discard':
      return decision.discard(command.revision, command.note);
    case 'retire':
      return decision.retire(command.version, command.note);
    case 'rollback':
      return decision.rollback(command.version, command.note);
    case 'expire':
      return decision.expire(command.version, command.expiresAt);
  }
}

class Decision {
  readonly #scriptId: string;
  readonly #versions: readonly StoredVersion[];
  readonly #by: Governance;

  constructor(scriptId: string, versions: readonly StoredVersion[], by: Governance) {
    this.#scriptId = scriptId;
    this.#versions = versions;
    this.#by = by;
  }

  submit(revision: number): StoredVersion[] {
    const open = this.#open(revision, 'draft');
    return [{ ...this.#moved(open, 'in_review'), submittedAt: this.#by.nowMs }];
  }

  sendBack(revision: number, note: string): StoredVersion[] {
    this.#mustSupervise();
    const { submittedAt: _submitted, ...open } = this.#open(revision, 'in_review');
    return [{ ...this.#moved(open, 'draft'), ...this.#decided(note) }];
  }

  /** A draft may be approved without a review of its own: whoever approves is the review. */
  approve(revision: number, note: string, expiresAt: number | undefined): StoredVersion[] {
    this.#mustSupervise();
    const open = this.#open(revision);
    if (isOwnWork(open, this.#by.actor, this.#by.supervisors)) {
      throw new DeskError(
        'forbidden',
        `version ${open.script.version} of ${this.#scriptId} is your own work: another supervisor approves it`,
      );
    }
    const approved: StoredVersion = {
      ...this.#moved(open, 'approved'),
      ...this.#decided(note),
      ...this.#runningOut(expiresAt),
    };
    this.#mustBeSound(approved.script);
    return [...this.#superseded(), approved];
  }

  discard(revision: number, note: string): StoredVersion[] {
    const open = this.#open(revision);
    if (this.#by.actor.role !== 'supervisor' && open.author.id !== this.#by.actor.id) {
      throw new DeskError(
        'forbidden',
        `version ${open.script.version} is ${open.author.name}’s: they or a supervisor discard it`,
      );
    }
    return [{ ...this.#retired(open), ...this.#decided(note) }];
  }

  retire(version: number, note: string): StoredVersion[] {
    this.#mustSupervise();
    const approved = this.#approved(version);
    return [{ ...this.#retired(approved), decisionNote: note }];
  }

  rollback(version: number, note: string): StoredVersion[] {
    this.#mustSupervise();
    const target = this.#find(version);
    if (target.approvedOnce !== true || isApproved(target)) {
      throw new DeskError(
        'bad_request',
        `version ${version} of ${this.#scriptId} is in force or was never approved: only an earlier approved one comes back`,
      );
    }
    const person = { id: this.#by.actor.id, name: this.#by.actor.name };
    const number = nextNumber(this.#versions);
    const back: StoredVersion = {
      ...begun(bodyOf(target.script), target.group, 'rollback', person, number, this.#by.nowMs),
      basedOn: version,
      note,
      approvedOnce: true,
      ...this.#decided(note),
    };
    const script: Script = { ...back.script, status: 'approved' };
    this.#mustBeSound(script);
    return [...this.#superseded(), { ...back, script }];
  }

  expire(version: number, expiresAt: number | null): StoredVersion[] {
    this.#mustSupervise();
    const { expiresAt: _before, ...approved } = this.#approved(version);
    return [
      {
        ...approved,
        revision: approved.revision + 1,
        changedAt: this.#by.nowMs,
        ...this.#runningOut(expiresAt ?? undefined),
      },
    ];
  }

  #mustSupervise(): void {
    if (this.#by.actor.role !== 'supervisor') throw new DeskError('forbidden', 'this is the supervisor’s');
  }

  #mustBeSound(script: Script): void {
    const findings = this.#by.check(script);
    const errors = findings.filter((finding) => finding.severity === 'error');
    if (errors.length === 0) return;
    const said = errors.map(({ rule, message }) => `${rule}: ${message}`).join('; ');
    throw new DeskError('bad_request', `${script.id} cannot be approved: ${said}`, { findings });
  }

  #open(revision: number, status?: 'draft' | 'in_review'): StoredVersion {
    const open = openVersion(this.#versions);
    if (!open) throw conflict(this.#scriptId, 'no version is open: it was decided meanwhile');
    if (status !== undefined && open.script.status !== status) {
      throw conflict(this.#scriptId, `version ${open.script.version} is ${open.script.status}, not ${status}`);
    }
    if (open.revision !== revision) {
      throw conflict(this.#scriptId, `version ${open.script.version} was changed by ${open.author.name} meanwhile`);
    }
    return open;
  }

  #find(version: number): StoredVersion {
    const found = this.#versions.find(({ script }) => script.version === version);
    if (!found) throw new DeskError('not_found', `${this.#scriptId} has no version ${version}`);
    return found;
  }

  #approved(version: number): StoredVersion {
    const found = this.#find(version);
    if (!isApproved(found))
      throw conflict(this.#scriptId, `version ${version} is ${found.script.status}, not approved`);
    return found;
  }

  #moved(version: StoredVersion, status: Script['status']): StoredVersion {
    return {
      ...version,
      script: { ...version.script, status },
      ...(status === 'approved' ? { approvedOnce: true } : {}),
      revision: version.revision + 1,
      changedAt: this.#by.nowMs,
    };
  }

  #retired(version: StoredVersion): StoredVersion {
    const { id, name } = this.#by.actor;
    return { ...this.#moved(version, 'retired'), retiredAt: this.#by.nowMs, retiredBy: { id, name } };
  }

  /** What is in force makes room for what comes. */
  #superseded(): StoredVersion[] {
    const approved = approvedVersion(this.#versions);
    return approved ? [this.#retired(approved)] : [];
  }

  #decided(note: string): Pick<StoredVersion, 'decidedBy' | 'decidedAt' | 'decisionNote'> {
    const { id, name } = this.#by.actor;
    return { decidedBy: { id, name }, decidedAt: this.#by.nowMs, decisionNote: note };
  }

  #runningOut(expiresAt: number | undefined): Pick<StoredVersion, 'expiresAt'> {
    if (expiresAt === undefined) return {};
    if (expiresAt <= this.#by.nowMs || expiresAt > LAST_MS) {
      throw new DeskError(
        'bad_request',
        `expiresAt is ${expiresAt}: it must lie ahead of ${this.#by.nowMs} and be no later than ${LAST_MS}`,
      );
    }
    return { expiresAt };
  }
}

function begun(
  body: ScriptBody,
  group: string,
  origin: StoredVersion['origin'],
  author: StoredVersion['author'],
  version: number,
  nowMs: number,
): StoredVersion {
  return {
    script: { ...body, status: 'draft', version },
    group,
    origin,
    revision: 1,
    author: { ...author },
    editors: [author.id],
    createdAt: nowMs,
    changedAt: nowMs,
    note: '',
    bodyHash: hashBody(body),
  };
}

function withBase(draft: StoredVersion, base: StoredVersion | undefined): StoredVersion {
  return base ? { ...draft, basedOn: base.script.version } : draft;
}

/** Numbers of a script rise for ever: a retired one still explains the messages it was sent with. */
function nextNumber(versions: readonly StoredVersion[]): number {
  return Math.max(0, ...versions.map(({ script }) => script.version)) + 1;
}

function conflict(scriptId: string, problem: string): DeskError {
  return new DeskError('conflict', `${scriptId}: ${problem}`);
}
