/** Drafts, review and approval: who may do what, and what stays of it. */
import { describe, expect, it } from 'vitest';
import type { LibraryCommand } from '../../src/protocol/library.ts';
import type { Script } from '../../src/protocol/script.ts';
import {
  type Actor,
  bodyOf,
  decide,
  fileVersion,
  type Governance,
  hashBody,
  isInForce,
  saveDraft,
  shippedVersion,
  whyNotApprove,
} from '../../src/scripts/govern.ts';
import type { StoredVersion } from '../../src/scripts/ports.ts';
import { makeScript } from './fixtures.ts';

const NOW = Date.UTC(2027, 2, 1, 2);
const HOUR = 3_600_000;
const AGENT: Actor = { id: 'agt_1', name: '小禾', role: 'agent' };
const CHIEF: Actor = { id: 'agt_2', name: '主管', role: 'supervisor' };
const DEPUTY: Actor = { id: 'agt_3', name: '副主管', role: 'supervisor' };
const ID = 'SCR-30';

const script = makeScript({ id: ID, card: ID, status: 'approved', version: 1 });
const shipped = shippedVersion(script, 'price', NOW - HOUR);

function by(actor: Actor, changes: Partial<Governance> = {}): Governance {
  return { nowMs: NOW, actor, supervisors: [CHIEF.id, DEPUTY.id], check: () => [], ...changes };
}

function worded(text: string, base: Script = script) {
  return bodyOf({ ...base, variants: [{ text, language: 'zh-Hans' }] });
}

/** Versions after a change, newest first. */
function after(versions: readonly StoredVersion[], changed: readonly StoredVersion[]): StoredVersion[] {
  const numbers = new Set(changed.map((version) => version.script.version));
  return [...changed, ...versions.filter((version) => !numbers.has(version.script.version))].sort(
    (a, b) => b.script.version - a.script.version,
  );
}

function draft(versions: readonly StoredVersion[], text: string, actor = AGENT): StoredVersion[] {
  const open = versions.find(({ script: { status } }) => status === 'draft');
  const input = { script: worded(text), group: 'price', note: 'kinder', ...(open ? { revision: open.revision } : {}) };
  return after(versions, [saveDraft(versions, input, by(actor))]);
}

function act(versions: readonly StoredVersion[], command: object, actor: Actor, changes: Partial<Governance> = {}) {
  const open = versions.find(({ script: { status } }) => status === 'draft' || status === 'in_review');
  const whole = { revision: open?.revision ?? 1, ...command } as LibraryCommand;
  return after(versions, decide(ID, versions, whole, by(actor, changes)));
}

const states = (versions: readonly StoredVersion[]) =>
  versions.map(({ script: { version, status } }) => `${version} ${status}`);

describe('a change of a script', () => {
  const written = draft([shipped], '亲，这个价格已经很实在啦');
  const submitted = act(written, { action: 'submit' }, AGENT);
  const approved = act(submitted, { action: 'approve', note: '好' }, CHIEF);

  it('goes from draft over review to approved and retires what was in force', () => {
    expect(states(written)).toEqual(['2 draft', '1 approved']);
    expect(states(submitted)).toEqual(['2 in_review', '1 approved']);
    expect(states(approved)).toEqual(['2 approved', '1 retired']);
  });

  it('keeps who wrote, who approved, when and from what', () => {
    expect(approved[0]).toMatchObject({
      author: { id: AGENT.id, name: AGENT.name },
      note: 'kinder',
      submittedAt: NOW,
      decidedBy: { id: CHIEF.id, name: CHIEF.name },
      decidedAt: NOW,
      decisionNote: '好',
      basedOn: 1,
      origin: 'console',
    });
    expect(approved[1]).toMatchObject({ retiredAt: NOW, retiredBy: { id: CHIEF.id } });
  });

  it('leaves what is in force alone until it is approved', () => {
    expect(isInForce(submitted[1]!, NOW)).toBe(true);
    expect(isInForce(submitted[0]!, NOW)).toBe(false);
  });

  it('is returned with a reason and comes back', () => {
    const returned = act(submitted, { action: 'return', note: '太长' }, CHIEF);
    expect(returned[0]).toMatchObject({ decisionNote: '太长', script: { status: 'draft' } });
    expect(returned[0]!.submittedAt).toBeUndefined();
    expect(states(act(draft(returned, '亲，已经是实在价啦'), { action: 'submit' }, AGENT))[0]).toBe('2 in_review');
  });

  it('is discarded by its author or a supervisor, and never erased', () => {
    expect(states(act(written, { action: 'discard' }, AGENT))).toEqual(['2 retired', '1 approved']);
    const other: Actor = { id: 'agt_9', name: '阿岚', role: 'agent' };
    expect(() => act(written, { action: 'discard' }, other)).toThrow(/小禾/);
  });

  it('has a number of its own even after a discarded one', () => {
    const discarded = act(written, { action: 'discard' }, AGENT);
    expect(states(draft(discarded, '亲，价格实在'))[0]).toBe('3 draft');
  });
});

describe('two pairs of eyes', () => {
  const own = draft([shipped], '亲，一分价钱一分货', CHIEF);

  it('keeps a supervisor from approving their own work while there is another one', () => {
    expect(() => act(own, { action: 'approve' }, CHIEF)).toThrow(/own work/);
    expect(whyNotApprove(own, CHIEF, [CHIEF.id, DEPUTY.id])).toBe('own_work');
    expect(states(act(own, { action: 'approve' }, DEPUTY))).toEqual(['2 approved', '1 retired']);
  });

  it('counts everybody who wrote on it', () => {
    const both = draft(draft([shipped], '亲，一分价钱', CHIEF), '亲，一分价钱一分货', AGENT);
    expect(both[0]!.editors).toEqual([CHIEF.id, AGENT.id]);
    expect(() => act(both, { action: 'approve' }, CHIEF)).toThrow(/own work/);
  });

  it('lets the other approve when all supervisors wrote on it, but not the last hand', () => {
    const both = draft(draft([shipped], '亲，一分价钱', CHIEF), '亲，一分价钱一分货', DEPUTY);
    expect(() => act(both, { action: 'approve' }, DEPUTY)).toThrow(/own work/);
    expect(states(act(both, { action: 'approve' }, CHIEF))[0]).toBe('2 approved');
  });

  it('lets a lone supervisor approve their own work', () => {
    const approved = act(own, { action: 'approve' }, CHIEF, { supervisors: [CHIEF.id] });
    expect(approved[0]).toMatchObject({ author: { id: CHIEF.id }, decidedBy: { id: CHIEF.id } });
  });

  it('lets no agent approve, return, retire, roll back or set an expiry', () => {
    const submitted = act(own, { action: 'submit' }, CHIEF);
    for (const command of [
      { action: 'approve' },
      { action: 'return', note: 'x' },
      { action: 'retire', version: 1 },
      { action: 'rollback', version: 1 },
      { action: 'expire', version: 1, expiresAt: NOW + HOUR },
    ]) {
      expect(() => act(submitted, command, AGENT)).toThrow(/supervisor/);
    }
  });
});

describe('what cannot be', () => {
  const written = draft([shipped], '亲，价格实在');

  it('is refused when the draft has changed since it was read', () => {
    const stale = { script: worded('x'), group: 'price', note: '', revision: 7 };
    expect(() => saveDraft(written, stale, by(AGENT))).toThrow(/changed by 小禾 meanwhile/);
    expect(() => decide(ID, written, { action: 'submit', revision: 9 }, by(AGENT))).toThrow(/meanwhile/);
  });

  it('is refused when a draft is written over while it is in review', () => {
    const submitted = act(written, { action: 'submit' }, AGENT);
    const input = { script: worded('x'), group: 'price', note: '', revision: submitted[0]!.revision };
    expect(() => saveDraft(submitted, input, by(AGENT))).toThrow(/in review/);
  });

  it('is refused when the draft is gone', () => {
    const gone = act(written, { action: 'discard' }, AGENT);
    const input = { script: worded('x'), group: 'price', note: '', revision: 1 };
    expect(() => saveDraft(gone, input, by(AGENT))).toThrow(/gone/);
    expect(() => act(gone, { action: 'approve' }, CHIEF)).toThrow(/no version is open/);
  });

  it('is refused when the checks find an error; a warning does not stop it', () => {
    const finding = { rule: 'too-long', severity: 'error' as const, message: '300 characters' };
    expect(() => act(written, { action: 'approve' }, CHIEF, { check: () => [finding] })).toThrow(/300 characters/);
    const warned = act(written, { action: 'approve' }, CHIEF, { check: () => [{ ...finding, severity: 'warning' }] });
    expect(states(warned)[0]).toBe('2 approved');
  });

  it('is refused for a script nobody knows', () => {
    expect(() => decide('SCR-31', [], { action: 'submit', revision: 1 }, by(AGENT))).toThrow(/not in this library/);
  });
});

describe('a rollback', () => {
  const second = act(draft([shipped], '亲，价格实在'), { action: 'approve' }, CHIEF);
  const back = act(second, { action: 'rollback', version: 1, note: '还是旧的好' }, CHIEF);

  it('is a version of its own with the earlier text', () => {
    expect(states(back)).toEqual(['3 approved', '2 retired', '1 retired']);
    expect(back[0]).toMatchObject({
      origin: 'rollback',
      basedOn: 1,
      decisionNote: '还是旧的好',
      bodyHash: shipped.bodyHash,
    });
    expect(back[0]!.script.variants).toEqual(script.variants);
  });

  it('leaves an open draft open', () => {
    const open = draft(second, '亲，真的很实在');
    expect(states(act(open, { action: 'rollback', version: 1 }, CHIEF))).toEqual([
      '4 approved',
      '3 draft',
      '2 retired',
      '1 retired',
    ]);
  });

  it('brings back nothing that was never approved, or is in force', () => {
    const discarded = act(draft(second, '亲，随便写的'), { action: 'discard' }, AGENT);
    expect(() => act(discarded, { action: 'rollback', version: 3 }, CHIEF)).toThrow(/never approved/);
    expect(() => act(second, { action: 'rollback', version: 2 }, CHIEF)).toThrow(/in force/);
    expect(() => act(second, { action: 'rollback', version: 9 }, CHIEF)).toThrow(/no version 9/);
  });
});

describe('an expiry', () => {
  const limited = act(draft([shipped], '春季活动价'), { action: 'approve', expiresAt: NOW + HOUR }, CHIEF);

  it('ends what is in force at its very millisecond', () => {
    expect(isInForce(limited[0]!, NOW + HOUR - 1)).toBe(true);
    expect(isInForce(limited[0]!, NOW + HOUR)).toBe(false);
  });

  it('is set, moved and taken away', () => {
    const moved = act(limited, { action: 'expire', version: 2, expiresAt: NOW + 2 * HOUR }, CHIEF);
    expect(moved[0]!.expiresAt).toBe(NOW + 2 * HOUR);
    const endless = act(moved, { action: 'expire', version: 2, expiresAt: null }, CHIEF);
    expect(endless[0]).not.toHaveProperty('expiresAt');
  });

  it('lies ahead', () => {
    expect(() => act(limited, { action: 'expire', version: 2, expiresAt: NOW }, CHIEF)).toThrow(/ahead/);
  });
});

describe('a changed file', () => {
  it('is a draft beside what is in force', () => {
    const file = fileVersion([shipped], { ...script, code: 'price2' }, 'price', NOW);
    expect(file).toMatchObject({ origin: 'file', basedOn: 1, script: { status: 'draft', version: 2, code: 'price2' } });
  });

  it('is a person’s work once somebody writes on it', () => {
    const file = fileVersion([shipped], { ...script, code: 'price2' }, 'price', NOW);
    const edited = draft([file, shipped], '亲，价格实在');
    expect(edited[0]).toMatchObject({ origin: 'console', author: { id: AGENT.id }, editors: ['file', AGENT.id] });
  });

  it('has the hash of its text, whatever state and number the file claims', () => {
    expect(hashBody(bodyOf({ ...script, version: 9, status: 'draft' }))).toBe(shipped.bodyHash);
    expect(hashBody(worded('另一句'))).not.toBe(shipped.bodyHash);
  });
});
