import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AutomaticSend } from '../../src/turn/automatic-sends.ts';
import type { Ledger } from '../../src/turn/ports.ts';
import { RECORD_ENGINES } from '../setup/engines.ts';
import { openTestRecord, type TestRecord } from '../setup/open-record.ts';
import { AGENT, incoming, makeBuyer, NOW, OTHER_SHOP, reply, SHOP, seedShops } from './fixtures.ts';

describe.each(RECORD_ENGINES)('automatic sends on %s', (engine) => {
  let record: TestRecord;
  let ledger: Ledger;
  let n = 0;
  let conversationId: string;

  beforeAll(async () => {
    record = await openTestRecord(engine);
    ledger = record.ledger;
    await seedShops(ledger);
  });
  afterAll(() => record.close());
  beforeEach(async () => {
    n++;
    conversationId = `cnv_auto_${n}`;
    await ledger.people.saveBuyer(makeBuyer(SHOP, `byr_auto_${n}`), NOW);
    await ledger.conversations.open(SHOP, `byr_auto_${n}`, 'web', conversationId, NOW);
  });

  const make = (changes: Partial<AutomaticSend> = {}): AutomaticSend => ({
    shopId: SHOP,
    id: `aut_${n}`,
    conversationId,
    buyerId: `byr_auto_${n}`,
    mode: 'semi',
    seq: 1,
    suggestionId: `sug_${n}`,
    position: 0,
    scriptId: 'SCR-85',
    scriptVersion: 1,
    text: '48小时内发出',
    dueAt: NOW + 12_000,
    ...changes,
  });
  const ended = (id = `aut_${n}`) => ({ id, conversationId });
  const stateOf = async (id = `aut_${n}`) => {
    const row = await ledger.automatic.find(SHOP, id);
    return row && [row.state, row.reason];
  };

  it('keeps one live row a conversation: a later one ends the one before', async () => {
    expect(await ledger.automatic.plan(make(), 'newer_message', NOW)).toEqual([]);
    const later = make({ id: `aut_${n}_b`, seq: 2 });
    expect(await ledger.automatic.plan(later, 'newer_message', NOW + 1)).toEqual([ended()]);
    expect(await stateOf()).toEqual(['voided', 'newer_message']);
    expect(await ledger.automatic.find(SHOP, later.id)).toEqual({ ...later, state: 'pending', reason: null });
  });

  it('finds what is due, of every shop, the oldest first, and nothing that has ended', async () => {
    await ledger.automatic.plan(make(), 'newer_message', NOW);
    const mine = async (at: number) => (await ledger.automatic.due(at, 100)).filter(({ id }) => id === `aut_${n}`);
    expect(await mine(NOW + 11_999)).toEqual([]);
    expect(await mine(NOW + 12_000)).toEqual([{ shopId: SHOP, id: `aut_${n}` }]);
    await ledger.automatic.end(SHOP, { id: `aut_${n}` }, 'stopped', NOW + 1);
    expect(await mine(NOW + 12_000)).toEqual([]);
  });

  it.each([
    ['conversation', () => ({ conversationId })],
    ['id', () => ({ id: `aut_${n}` })],
    ['suggestion', () => ({ suggestionId: `sug_${n}` })],
    ['buyer', () => ({ buyerId: `byr_auto_${n}` })],
  ])('ends by %s once, and never in another shop', async (_name, which) => {
    await ledger.automatic.plan(make(), 'newer_message', NOW);
    expect(await ledger.automatic.end(OTHER_SHOP, which(), 'stopped', NOW)).toEqual([]);
    expect(await ledger.automatic.end(SHOP, { ...which(), id: 'aut_other' }, 'stopped', NOW)).toEqual([]);
    expect(await ledger.automatic.end(SHOP, which(), 'stopped', NOW)).toEqual([ended()]);
    expect(await ledger.automatic.end(SHOP, which(), 'typing', NOW)).toEqual([]);
    expect(await stateOf()).toEqual(['voided', 'stopped']);
  });

  it('is claimed only while it is pending and due', async () => {
    await ledger.automatic.plan(make(), 'newer_message', NOW);
    const claim = (at: number) => ledger.transaction((stores) => stores.automatic.claim(SHOP, `aut_${n}`, at));
    expect(await claim(NOW + 11_999)).toBeUndefined();
    expect(await claim(NOW + 12_000)).toEqual(make());
    await ledger.automatic.finish(SHOP, `aut_${n}`, 'msg_1', NOW + 12_000);
    expect(await claim(NOW + 12_000)).toBeUndefined();
    expect(await ledger.automatic.end(SHOP, { conversationId }, 'stopped', NOW + 12_001)).toEqual([]);
    expect(await stateOf()).toEqual(['sent', null]);
  });

  it('a stop and a claim at once: one of them wins', async () => {
    await ledger.automatic.plan(make(), 'newer_message', NOW);
    const [stopped, sent] = await Promise.all([
      ledger.automatic.end(SHOP, { conversationId }, 'stopped', NOW + 12_000),
      ledger.transaction(async (stores) => {
        const claimed = await stores.automatic.claim(SHOP, `aut_${n}`, NOW + 12_000);
        if (claimed) await stores.automatic.finish(SHOP, claimed.id, 'msg_1', NOW + 12_000);
        return claimed !== undefined;
      }),
    ]);
    expect(stopped.length === 1).toBe(!sent);
    expect(await stateOf()).toEqual(sent ? ['sent', null] : ['voided', 'stopped']);
  });

  it('a newer message of the buyer voids it in the same statement', async () => {
    await ledger.conversations.appendBuyerMessage(incoming({ conversationId }));
    await ledger.automatic.plan(make(), 'newer_message', NOW);
    const appended = await ledger.conversations.appendBuyerMessage(incoming({ conversationId }));
    expect(appended.voided).toEqual([`aut_${n}`]);
    expect(await stateOf()).toEqual(['voided', 'newer_message']);
  });

  it('a person’s message voids it, a machine’s does not', async () => {
    await ledger.automatic.plan(make(), 'newer_message', NOW);
    await reply(ledger, { conversationId, from: 'auto', key: `a${n}`, messageId: `msg_a${n}` });
    expect(await stateOf()).toEqual(['pending', null]);
    const human = { conversationId, from: 'agent', agentId: AGENT, key: `h${n}`, messageId: `msg_h${n}` } as const;
    const appended = await reply(ledger, human);
    expect(appended.voided).toEqual([`aut_${n}`]);
    expect(await stateOf()).toEqual(['voided', 'answered']);
  });

  it('stands in the summary while it is pending and somebody may see it', async () => {
    await ledger.automatic.plan(make(), 'newer_message', NOW);
    const automaticOf = async () =>
      (await ledger.conversations.summaries(SHOP, { ids: [conversationId], limit: 1 }))[0]?.automatic;
    const { id, suggestionId, position, text, dueAt } = make();
    expect(await automaticOf()).toEqual({ id, suggestionId, position, text, dueAt });
    await ledger.automatic.end(SHOP, { conversationId }, 'typing', NOW);
    expect(await automaticOf()).toBeUndefined();
    await ledger.automatic.plan(make({ id: `aut_${n}_away`, mode: 'away', text: '' }), 'newer_message', NOW);
    expect(await automaticOf()).toBeUndefined();
  });
});
