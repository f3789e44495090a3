import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ApprovalRequest, ApprovalStore } from '../../src/desk/ports.ts';
import type { Finding } from '../../src/protocol/turn.ts';
import type { Ledger } from '../../src/turn/ports.ts';
import { RECORD_ENGINES } from '../setup/engines.ts';
import { openTestRecord, type TestRecord } from '../setup/open-record.ts';
import { AGENT, BUYER, CONVERSATION, NOW, OTHER_SHOP, SHOP, SHOPS, seedShops, upTo } from './fixtures.ts';

const MINUTE = 60_000;
const CHIEF = 'agt_chief';
const FINDINGS: Finding[] = [
  { rule: 'TAB-22', severity: 'B', span: [0, 2], message: '“最好”是绝对化用语', instead: ['SCR-20'] },
];

describe.each(RECORD_ENGINES)('approval store on %s', (engine) => {
  let record: TestRecord;
  let ledger: Ledger;
  let approvals: ApprovalStore;
  let n = 0;
  let id: string;
  let text: string;

  beforeAll(async () => {
    record = await openTestRecord(engine);
    ledger = record.ledger;
    approvals = ledger.approvals;
    await seedShops(ledger);
    for (const shopId of SHOPS) {
      await ledger.people.saveAgent(
        { shopId, id: CHIEF, login: 'chief', name: '主管', title: '', role: 'supervisor', passwordHash: 'hash' },
        NOW,
      );
    }
  });
  afterAll(() => record.close());
  beforeEach(() => {
    n++;
    id = `apr_${n}`;
    text = `最好的 ${n}`;
  });

  const ask = async (changes: Partial<ApprovalRequest> = {}) => {
    const request: ApprovalRequest = {
      shopId: SHOP,
      id,
      conversationId: CONVERSATION,
      text,
      findings: FINDINGS,
      reason: '买家问的原话',
      askedBy: AGENT,
      askedAt: NOW + n,
      answerBy: NOW + n + 15 * MINUTE,
      ...changes,
    };
    await approvals.ask(request);
    return request;
  };
  const grant = (at = NOW + MINUTE) =>
    approvals.decide(SHOP, id, { grant: true, by: CHIEF, at, note: '', validUntil: at + 15 * MINUTE });
  const use = (changes: Partial<Parameters<ApprovalStore['use']>[2]> = {}) =>
    approvals.use(SHOP, id, { agentId: AGENT, conversationId: CONVERSATION, text, at: NOW + 2 * MINUTE, ...changes });
  const stateOf = async () => (await approvals.find(SHOP, id))?.state;

  it('gives back what was asked, with the names of the people', async () => {
    await ask();
    expect(await approvals.find(SHOP, id)).toEqual({
      id,
      conversationId: CONVERSATION,
      buyerName: `${BUYER} of ${SHOP}`,
      text,
      findings: FINDINGS,
      reason: '买家问的原话',
      askedBy: { id: AGENT, name: `agent of ${SHOP}` },
      askedAt: NOW + n,
      answerBy: NOW + n + 15 * MINUTE,
      state: 'asked',
    });
    expect(await approvals.find(OTHER_SHOP, id)).toBeUndefined();
  });

  it('is decided once, in its own shop', async () => {
    await ask();
    const refusal = { grant: false, by: CHIEF, at: NOW + 5, note: '换个说法', validUntil: null };
    expect(await approvals.decide(OTHER_SHOP, id, refusal)).toBe(false);
    expect(await approvals.decide(SHOP, id, refusal)).toBe(true);
    expect(await grant()).toBe(false);
    expect(await approvals.find(SHOP, id)).toMatchObject({
      state: 'refused',
      decidedBy: { id: CHIEF, name: '主管' },
      decidedAt: NOW + 5,
      decisionNote: '换个说法',
    });
    expect(await use()).toBe(false);
  });

  it.each([
    ['another agent', { agentId: CHIEF }],
    ['another conversation', { conversationId: 'cnv_other' }],
    ['another text', { text: '最好的' }],
    ['the moment it ends', { at: NOW + 16 * MINUTE }],
  ])('a grant is not for %s', async (_name, changes) => {
    await ask();
    expect(await use()).toBe(false);
    expect(await grant()).toBe(true);
    expect(await use(changes)).toBe(false);
    expect(await use({ at: NOW + 16 * MINUTE - 1 })).toBe(true);
    expect(await stateOf()).toBe('used');
  });

  it('a grant is used by one of many at once', async () => {
    await ask();
    await grant();
    const uses = await Promise.all(upTo(8).map(() => use()));
    expect(uses.filter(Boolean)).toHaveLength(1);
  });

  it('a use is taken back with its transaction', async () => {
    await ask();
    await grant();
    const failing = ledger.transaction(async (stores) => {
      await stores.approvals.use(SHOP, id, { agentId: AGENT, conversationId: CONVERSATION, text, at: NOW + MINUTE });
      throw new Error('the message was not recorded');
    });
    await expect(failing).rejects.toThrow('not recorded');
    expect(await stateOf()).toBe('granted');
  });

  it('counts while it is asked, or granted and valid', async () => {
    await ask();
    const standing = (at: number) => approvals.standing(SHOP, CONVERSATION, text, at);
    expect((await standing(NOW + 99 * MINUTE)).map((one) => one.id)).toEqual([id]);
    expect(await approvals.standing(SHOP, CONVERSATION, `${text}!`, NOW)).toEqual([]);
    expect(await approvals.standing(OTHER_SHOP, CONVERSATION, text, NOW)).toEqual([]);
    await grant();
    expect(await standing(NOW + 15 * MINUTE)).toHaveLength(1);
    expect(await standing(NOW + 16 * MINUTE)).toEqual([]);
    await approvals.end(SHOP, id);
    expect(await stateOf()).toBe('expired');
    expect(await use()).toBe(false);
  });

  it('ends what nobody answered and grants that have run out, and nothing else', async () => {
    const shopId = OTHER_SHOP;
    const at = NOW + 60 * MINUTE;
    for (const one of ['unanswered', 'fresh', 'granted', 'run-out', 'refused']) {
      await ask({ shopId, id: one, text: one, askedAt: one === 'unanswered' ? NOW : NOW + 30 * MINUTE });
    }
    const decide = (one: string, validUntil: number | null) =>
      approvals.decide(shopId, one, { grant: validUntil !== null, by: CHIEF, at: NOW, note: '', validUntil });
    await decide('granted', at + 1);
    await decide('run-out', at);
    await decide('refused', null);
    const ended = await approvals.expire(shopId, { askedBefore: NOW + 1, at });
    expect(ended.sort((a, b) => a.id.localeCompare(b.id))).toEqual([
      { id: 'run-out', conversationId: CONVERSATION, wasAsked: false },
      { id: 'unanswered', conversationId: CONVERSATION, wasAsked: true },
    ]);
    expect(await approvals.expire(shopId, { askedBefore: NOW + 1, at })).toEqual([]);
    const left = await approvals.askedBy(shopId, AGENT, NOW);
    expect(Object.fromEntries(left.map((one) => [one.id, one.state]))).toEqual({
      unanswered: 'expired',
      fresh: 'asked',
      granted: 'granted',
      'run-out': 'expired',
      refused: 'refused',
    });
  });

  it('lists who waits for an answer, the oldest first, and what an agent asked since a moment', async () => {
    const shopId = OTHER_SHOP;
    for (const one of await approvals.asked(shopId)) await approvals.end(shopId, one.id);
    const later = NOW + 90 * MINUTE;
    await ask({ shopId, id: 'second', askedAt: later + 2 });
    await ask({ shopId, id: 'first', askedAt: later + 1 });
    await ask({ shopId, id: 'of-chief', askedAt: later + 3, askedBy: CHIEF });
    expect((await approvals.asked(shopId)).map((one) => one.id)).toEqual(['first', 'second', 'of-chief']);
    expect((await approvals.asked(shopId, CONVERSATION)).length).toBe(3);
    expect(await approvals.asked(shopId, 'cnv_other')).toEqual([]);
    expect((await approvals.askedBy(shopId, AGENT, later)).map((one) => one.id)).toEqual(['second', 'first']);
    await approvals.decide(shopId, 'first', { grant: true, by: CHIEF, at: later, note: '', validUntil: later + 9 });
    await approvals.use(shopId, 'first', { agentId: AGENT, conversationId: CONVERSATION, text, at: later });
    const since = await approvals.askedBy(shopId, AGENT, later + 1);
    expect(since.map((one) => [one.id, one.state])).toEqual([
      ['second', 'asked'],
      ['first', 'used'],
    ]);
    expect(await approvals.askedBy(shopId, AGENT, later + 3)).toEqual([]);
  });
});
