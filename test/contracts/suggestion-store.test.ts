import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SuggestionOutcome } from '../../src/desk/ports.ts';
import type { Ledger } from '../../src/turn/ports.ts';
import { RECORD_ENGINES } from '../setup/engines.ts';
import { openTestRecord, type TestRecord } from '../setup/open-record.ts';
import {
  AGENT,
  analysed,
  BUYER,
  CONVERSATION,
  incoming,
  makeBuyer,
  NOW,
  OTHER_SHOP,
  PROPOSAL,
  reply,
  SHOP,
  seedShops,
  suggestionsFor,
  upTo,
} from './fixtures.ts';

/** Rounds of the race for one suggestion (scenario 14). PGlite runs one statement at a time: nothing much can race. */
const RACES = { postgres: 1000, pglite: 50 };

describe.each(RECORD_ENGINES)('suggestion store on %s', (engine) => {
  let record: TestRecord;
  let ledger: Ledger;
  let n = 0;
  let id: string;

  beforeAll(async () => {
    record = await openTestRecord(engine);
    ledger = record.ledger;
    await seedShops(ledger);
  });
  afterAll(() => record.close());
  beforeEach(async () => {
    n++;
    id = `cnv_own_${n}`;
    await ledger.people.saveBuyer(makeBuyer(SHOP, `byr_own_${n}`), NOW);
    await ledger.conversations.open(SHOP, `byr_own_${n}`, 'web', id, NOW);
  });
  const ask = () => ledger.conversations.appendBuyerMessage(incoming({ conversationId: id }));
  /** A message with its live suggestions. */
  const propose = async () => {
    const { seq } = await ask();
    const suggestions = suggestionsFor(seq, { conversationId: id, abstained: 'unsure' });
    await ledger.conversations.saveTurn(analysed(seq, { conversationId: id, buyerId: `byr_own_${n}`, suggestions }));
    return suggestions;
  };
  const stateOf = async (setId: string) => (await ledger.suggestions.find(SHOP, setId))?.state;

  it('gives back what was proposed', async () => {
    const set = await propose();
    expect(await ledger.suggestions.find(SHOP, set.id)).toEqual(set);
    expect(await ledger.suggestions.live(SHOP, id)).toEqual(set);
  });

  it('withdraws what a newer buyer message makes stale', async () => {
    const set = await propose();
    expect((await ask()).withdrawn).toEqual([set.id]);
    expect(await stateOf(set.id)).toBe('withdrawn');
    expect(await ledger.suggestions.live(SHOP, id)).toBeUndefined();
    expect(await ledger.suggestions.settle(SHOP, set.id, NOW)).toBe(false);
  });

  it('withdraws what a person answers by other words', async () => {
    const set = await propose();
    expect((await reply(ledger, { conversationId: id })).withdrawn).toEqual([set.id]);
    expect(await stateOf(set.id)).toBe('withdrawn');
  });

  it('keeps what an automatic reply leaves open', async () => {
    const set = await propose();
    await reply(ledger, { conversationId: id, from: 'auto', scope: 'auto' });
    expect((await ledger.suggestions.live(SHOP, id))?.id).toBe(set.id);
  });

  it('tells which chats lean on goods: by their product, by a fact said or missed, the newest first', async () => {
    const said = (source: string) => ({ proposals: [{ ...PROPOSAL, slots: [{ name: 'a', value: 'b', source }] }] });
    const missed = (fact: string) => ({
      hidden: [{ scriptId: 's', card: 'SCR-15' as const, because: 'guard' as const, name: 'g', fact, detail: 'd' }],
    });
    const makers = [
      { state: { productId: `p-${n}` } },
      { suggestions: said('candidates[0].title') },
      { suggestions: missed('promo.rule') },
      { suggestions: said('promotion.name') },
      { suggestions: { proposals: [{ ...PROPOSAL, answers: 1 }] } },
    ];
    const names: string[] = [];
    for (const [at, { suggestions = {}, state = {} }] of makers.entries()) {
      const [buyerId, conversationId] = [`byr_lean_${n}_${at}`, `cnv_lean_${n}_${at}`];
      names.push(conversationId);
      await ledger.people.saveBuyer(makeBuyer(SHOP, buyerId), NOW);
      await ledger.conversations.open(SHOP, buyerId, 'web', conversationId, NOW);
      const { seq } = await ledger.conversations.appendBuyerMessage(incoming({ conversationId }));
      const set = suggestionsFor(seq, { conversationId, ...suggestions });
      const turn = analysed(seq, { conversationId, buyerId, suggestions: set, state, at: NOW + n * 100 + at });
      await ledger.conversations.saveTurn(turn);
    }
    const lean = async (products: string[], facts: string[], limit = 100) => {
      const found = await ledger.suggestions.leaningOn(SHOP, { products, facts }, limit);
      return found.flatMap((one) => (names.includes(one) ? names.indexOf(one) : []));
    };
    expect(await lean([`p-${n}`], [])).toEqual([4, 0]);
    expect(await lean([`p-${n}`], ['candidates', 'choice'])).toEqual([4, 1, 0]);
    expect(await lean([], ['promo'])).toEqual([2]);
    expect(await lean([], [])).toEqual([]);
    expect(await lean([`p-${n}`], ['candidates'], 2)).toEqual([4, 1]);
    await ledger.suggestions.withdraw(SHOP, names[1]!, 'answered', NOW);
    expect(await lean([`p-${n}`], ['candidates'])).toEqual([4, 0]);
    expect(await ledger.suggestions.leaningOn(OTHER_SHOP, { products: [`p-${n}`], facts: ['promo'] }, 9)).toEqual([]);
  });

  it('settles once', async () => {
    const set = await propose();
    expect(await ledger.suggestions.settle(SHOP, set.id, NOW)).toBe(true);
    expect(await ledger.suggestions.settle(SHOP, set.id, NOW)).toBe(false);
    expect(await ledger.suggestions.withdraw(SHOP, id, 'resolved', NOW)).toEqual([]);
    expect(await stateOf(set.id)).toBe('settled');
  });

  it('withdraws by hand and says which', async () => {
    const set = await propose();
    expect(await ledger.suggestions.withdraw(SHOP, id, 'fact_changed', NOW)).toEqual([set.id]);
    expect(await ledger.suggestions.withdraw(SHOP, id, 'fact_changed', NOW)).toEqual([]);
  });

  it('puts a new set in place of the live one only while the conversation stands', async () => {
    const old = await propose();
    const fresh = suggestionsFor(1, { conversationId: id });
    expect(await ledger.suggestions.replace(SHOP, fresh, 1, NOW)).toBe(true);
    expect(await stateOf(old.id)).toBe('withdrawn');
    expect((await ledger.suggestions.live(SHOP, id))?.id).toBe(fresh.id);
    await ask();
    const late = suggestionsFor(1, { conversationId: id });
    expect(await ledger.suggestions.replace(SHOP, late, 1, NOW)).toBe(false);
    expect(await ledger.suggestions.find(SHOP, late.id)).toBeUndefined();
  });

  it('tells a reply why a set cannot be taken', async () => {
    const set = await propose();
    const take = () => reply(ledger, { conversationId: id, claimSuggestion: set.id });
    await take();
    await expect(take()).rejects.toMatchObject({ code: 'suggestion_settled' });
    const stale = await propose();
    await ask();
    await expect(reply(ledger, { conversationId: id, claimSuggestion: stale.id })).rejects.toMatchObject({
      code: 'suggestion_stale',
      message: expect.stringContaining('newer_message'),
    });
    await expect(reply(ledger, { conversationId: id, claimSuggestion: 'sug_nowhere' })).rejects.toMatchObject({
      code: 'suggestion_stale',
    });
  });

  it('does not let a reply take the suggestion of another conversation', async () => {
    const set = await propose();
    await expect(reply(ledger, { claimSuggestion: set.id })).rejects.toMatchObject({ code: 'suggestion_stale' });
    expect(await stateOf(set.id)).toBe('live');
  });

  it(`has one winner in each of ${RACES[engine]} races of two nodes for one set`, async () => {
    const other = (await record.openNode()).ledger;
    const codes = new Map<string, number>();
    for (const _ of upTo(RACES[engine])) {
      const set = suggestionsFor(1, { conversationId: CONVERSATION });
      const { lastSeq } = (await ledger.conversations.find(SHOP, CONVERSATION))!;
      await ledger.suggestions.replace(SHOP, { ...set, seq: lastSeq + 1 }, lastSeq, NOW);
      const results = await Promise.allSettled(
        [ledger, other].map((node) => reply(node, { claimSuggestion: set.id, suggestionId: set.id })),
      );
      const outcome = results
        .map((r) => (r.status === 'fulfilled' ? 'won' : r.reason.code))
        .sort()
        .join(' ');
      codes.set(outcome, (codes.get(outcome) ?? 0) + 1);
    }
    expect(Object.fromEntries(codes)).toEqual({ 'suggestion_settled won': RACES[engine] });
    expect((await ledger.conversations.find(SHOP, CONVERSATION))!.lastSeq).toBe(RACES[engine]);
  }, 120_000);

  it('notes an outcome once per proposal', async () => {
    const set = await propose();
    const outcome: SuggestionOutcome = {
      shopId: SHOP,
      suggestionId: set.id,
      position: 0,
      scriptId: PROPOSAL.scriptId,
      scriptVersion: PROPOSAL.version,
      outcome: 'accepted',
      agentId: AGENT,
      text: PROPOSAL.text,
      at: NOW,
    };
    expect(await ledger.suggestions.note(outcome)).toBe(true);
    expect(await ledger.suggestions.note({ ...outcome, outcome: 'dismissed' })).toBe(false);
    expect(await ledger.suggestions.note({ ...outcome, position: 1, outcome: 'dismissed' })).toBe(true);
    expect(await ledger.suggestions.note({ ...outcome, shopId: OTHER_SHOP })).toBe(true);
  });

  it('keeps two shops apart', async () => {
    const set = suggestionsFor(1);
    for (const shopId of [SHOP, OTHER_SHOP]) {
      const { lastSeq } = (await ledger.conversations.find(shopId, CONVERSATION))!;
      await ledger.suggestions.replace(shopId, { ...set, seq: lastSeq + 1 }, lastSeq, NOW);
    }
    expect(await ledger.suggestions.settle(SHOP, set.id, NOW)).toBe(true);
    expect((await ledger.suggestions.find(OTHER_SHOP, set.id))?.state).toBe('live');
    expect(await ledger.suggestions.withdraw(SHOP, CONVERSATION, 'test', NOW)).toEqual([]);
    expect((await ledger.suggestions.live(OTHER_SHOP, CONVERSATION))?.id).toBe(set.id);
    await ledger.conversations.appendBuyerMessage(incoming());
    expect((await ledger.suggestions.live(OTHER_SHOP, CONVERSATION))?.id).toBe(set.id);
    expect((await ledger.people.buyer(OTHER_SHOP, BUYER))!.profile).toBeNull();
  });
});
