import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AutomaticMessage } from '../../src/conversations/ports.ts';
import type { Ledger } from '../../src/turn/ports.ts';
import { RECORD_ENGINES } from '../setup/engines.ts';
import { openTestRecord, type TestRecord } from '../setup/open-record.ts';
import {
  AGENT,
  ANALYSIS,
  analysed,
  BUYER,
  CONVERSATION,
  incoming,
  makeBuyer,
  makeOrder,
  NOW,
  OTHER_SHOP,
  outgoing,
  PROFILE,
  reply,
  SHOP,
  seedShops,
  upTo,
} from './fixtures.ts';

describe.each(RECORD_ENGINES)('conversation store on %s', (engine) => {
  let record: TestRecord;
  let ledger: Ledger;
  let n = 0;
  /** A conversation of the first shop that no other test uses. */
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
  const ask = (changes = {}) => ledger.conversations.appendBuyerMessage(incoming({ conversationId: id, ...changes }));
  const answer = (changes = {}) => reply(ledger, { conversationId: id, ...changes });
  const find = async () => (await ledger.conversations.find(SHOP, id))!;

  describe('open', () => {
    it('gives the conversation of a buyer and channel again', async () => {
      const again = await ledger.conversations.open(SHOP, `byr_own_${n}`, 'web', 'cnv_unused', NOW + 5);
      expect(again.id).toBe(id);
    });

    it('opens one when many ask at once', async () => {
      const opened = await Promise.all(
        upTo(20).map((i) => ledger.conversations.open(SHOP, `byr_own_${n}`, 'app', `cnv_app_${n}_${i}`, NOW)),
      );
      expect(new Set(opened.map((row) => row.id)).size).toBe(1);
    });

    it('leaves a resolved one so, until its next message opens it again', async () => {
      await ask();
      await ledger.conversations.update(SHOP, id, { status: 'resolved', waitingSince: null }, NOW);
      const same = await ledger.conversations.open(SHOP, `byr_own_${n}`, 'web', `${id}_next`, NOW);
      expect(same).toMatchObject({ id, status: 'resolved' });
      expect((await ask({ sentAt: NOW + 9 })).seq).toBe(2);
      expect(await find()).toMatchObject({ status: 'open', waitingSince: NOW + 9 });
    });
  });

  describe('locking what is free', () => {
    const change = (ledgerOf: Ledger, shopId: string, buyerId: string) =>
      ledgerOf.followUps(shopId).change(buyerId, (book) => ({ ...book, rows: [], notes: [], result: null }));
    const lockFree = (ids: string[]) => ledger.transaction((stores) => stores.conversations.lockFree(SHOP, ids));

    it('gives the talks of this shop whose buyers have a book', async () => {
      await ledger.people.saveBuyer(makeBuyer(SHOP, `byr_bookless_${n}`), NOW);
      await ledger.conversations.open(SHOP, `byr_bookless_${n}`, 'web', `${id}_bookless`, NOW);
      await change(ledger, SHOP, `byr_own_${n}`);
      await change(ledger, OTHER_SHOP, BUYER);
      const locked = await lockFree([id, `${id}_bookless`, CONVERSATION, 'cnv_nowhere']);
      expect(locked.map((row) => row.id)).toEqual([id]);
      expect(locked[0]).toEqual(await find());
    });
  });

  describe('buyer messages', () => {
    it('get the numbers 1, 2, 3 and what was written', async () => {
      const first = await ask({ text: '在吗', sentAt: NOW });
      const second = await ask({ text: '有货吗？🙂', sentAt: NOW + 1 });
      expect([first, second].map((m) => [m.seq, m.duplicate, m.withdrawn])).toEqual([
        [1, false, []],
        [2, false, []],
      ]);
      expect(await ledger.conversations.messages(SHOP, id, 0, 10)).toEqual([
        { id: first.messageId, conversationId: id, seq: 1, from: 'buyer', text: '在吗', sentAt: NOW },
        { id: second.messageId, conversationId: id, seq: 2, from: 'buyer', text: '有货吗？🙂', sentAt: NOW + 1 },
      ]);
    });

    it('are recorded once by channel and key, one after the other', async () => {
      const first = await ask({ key: `same-${n}`, messageId: 'msg_first', text: 'first' });
      const second = await ask({ key: `same-${n}`, messageId: 'msg_second', text: 'second' });
      expect(second).toEqual({ messageId: 'msg_first', seq: first.seq, duplicate: true, withdrawn: [] });
      expect(await ledger.conversations.messages(SHOP, id, 0, 10)).toHaveLength(1);
    });

    it('of two channels may have the same key, and so may replies', async () => {
      const key = `shared-${n}`;
      const seqs = [await ask({ key }), await ask({ key, channel: 'app' }), await answer({ key })].map((m) => m.seq);
      expect(seqs).toEqual([1, 2, 3]);
    });

    it('are recorded once when a key comes many times in one batch', async () => {
      const results = await Promise.all(upTo(30).map(() => ask({ key: `burst-${n}` })));
      expect(results.filter((r) => !r.duplicate)).toHaveLength(1);
      expect(new Set(results.map((r) => `${r.messageId} ${r.seq}`)).size).toBe(1);
    });

    it('keep every character that Postgres can hold, and drop what it cannot', async () => {
      const text = 'a\u0001\\u0000 \\ "quote" \u2028 𠮷🙂';
      const { seq } = await ask({ text: `${text}\u0000\ud800` });
      expect(await ledger.conversations.messages(SHOP, id, seq - 1, 1)).toMatchObject([{ text: `${text}\ufffd` }]);
    });

    it.each([1, 4])('are recorded once when the same %i keys reach two nodes at the same moment', async (many) => {
      const other = (await record.openNode()).ledger;
      for (const round of upTo(25)) {
        const keys = upTo(many).map((i) => `race-${n}-${round}-${i}`);
        const results = await Promise.all(
          [ledger, other].flatMap((node) =>
            keys.map((key) => node.conversations.appendBuyerMessage(incoming({ conversationId: id, key }))),
          ),
        );
        expect(results.filter((r) => !r.duplicate)).toHaveLength(many);
        expect(new Set(results.map((r) => r.messageId)).size).toBe(many);
      }
      const seqs = (await ledger.conversations.messages(SHOP, id, 0, 1000)).map((m) => m.seq);
      expect(seqs).toEqual(upTo(25 * many));
    });

    it('get a sequence without gaps when two nodes write to the same conversations at once', async () => {
      const other = (await record.openNode()).ledger;
      const ids = [id, `${id}_b`, `${id}_c`];
      for (const conversationId of ids.slice(1)) {
        await ledger.conversations.open(SHOP, `byr_own_${n}`, conversationId, conversationId, NOW);
      }
      const results = await Promise.all(
        upTo(300).flatMap((i) =>
          [ledger, other].map((node) =>
            node.conversations.appendBuyerMessage(incoming({ conversationId: ids[i % 3]!, channel: 'lane' })),
          ),
        ),
      );
      expect(results.every((r) => !r.duplicate)).toBe(true);
      for (const conversationId of ids) {
        const seqs = (await ledger.conversations.messages(SHOP, conversationId, 0, 1000)).map((m) => m.seq);
        expect(seqs).toEqual(upTo(200));
        expect((await ledger.conversations.find(SHOP, conversationId))!.lastSeq).toBe(200);
      }
    });

    it('of one batch do not fail because one of them cannot be recorded', async () => {
      const good = upTo(5).map(() => ask());
      const homeless = ask({ conversationId: 'cnv_nowhere' });
      const unstorable = ask({ sentAt: Number.NaN });
      await expect(homeless).rejects.toMatchObject({
        code: 'not_found',
        message: expect.stringContaining('cnv_nowhere'),
      });
      await expect(unstorable).rejects.toThrow();
      const recorded = await Promise.all(good);
      expect(recorded.map((r) => r.duplicate)).toEqual(good.map(() => false));
      expect(recorded.map((r) => r.seq).sort((a, b) => a - b)).toEqual(upTo(5));
    });

    it('start the wait of the buyer once and count as unread', async () => {
      await ask({ sentAt: NOW + 10 });
      await ask({ sentAt: NOW + 20 });
      expect(await find()).toMatchObject({ waitingSince: NOW + 10, lastBuyerAt: NOW + 20, lastSeq: 2 });
      const [summary] = await ledger.conversations.summaries(SHOP, { ids: [id], limit: 1 });
      expect(summary).toMatchObject({ unread: 2, waitingSince: NOW + 10, lastMessage: { seq: 2 } });
    });
  });

  describe('replies', () => {
    it('of a person end the wait, clear the unread count and go to the outbox', async () => {
      await ask();
      const sent = await answer({ sentAt: NOW + 50, script: { id: 'scr-05-greet', version: 3 } });
      expect(sent).toMatchObject({ seq: 2, duplicate: false });
      expect(await find()).toMatchObject({ waitingSince: null, lastAgentAt: NOW + 50, assignedAgentId: AGENT });
      const entry = await ledger.outbox.claimOne(SHOP, sent.messageId, NOW + 50, 1000);
      expect(entry).toMatchObject({ conversationId: id, seq: 2, channel: 'web', idempotencyKey: sent.messageId });
      const [, message] = await ledger.conversations.messages(SHOP, id, 0, 10);
      expect(message).toMatchObject({ from: 'agent', agentId: AGENT, script: { id: 'scr-05-greet', version: 3 } });
    });

    it('of a machine leave the buyer waiting for a person', async () => {
      await ask({ sentAt: NOW + 10 });
      await answer({ from: 'auto', scope: 'auto' });
      expect(await find()).toMatchObject({ waitingSince: NOW + 10, lastAgentAt: null, assignedAgentId: null });
    });

    it('are recorded once by scope and key, and leave once', async () => {
      const first = await answer({ key: `cmd-same-${n}` });
      const second = await answer({ key: `cmd-same-${n}` });
      expect(second).toEqual({ messageId: first.messageId, seq: first.seq, duplicate: true, withdrawn: [] });
      expect(await ledger.outbox.claimOne(SHOP, first.messageId, NOW, 1000)).toBeDefined();
      expect(await ledger.outbox.claimOne(SHOP, first.messageId, NOW, 1000)).toBeUndefined();
    });

    it('are recorded once when the same command reaches two nodes at once', async () => {
      const other = (await record.openNode()).ledger;
      for (const round of upTo(20)) {
        const key = `cmd-race-${n}-${round}`;
        const results = await Promise.all([ledger, other].map((node) => reply(node, { conversationId: id, key })));
        expect(results.map((r) => r.duplicate).sort()).toEqual([false, true]);
        expect(results[0]!.messageId).toBe(results[1]!.messageId);
      }
    });

    it('recorded elsewhere are kept and never delivered', async () => {
      const before = await ledger.outbox.open(SHOP);
      await answer({ recordedOnly: true });
      expect(await ledger.outbox.open(SHOP)).toBe(before);
      expect(await ledger.conversations.messages(SHOP, id, 0, 10)).toHaveLength(1);
    });

    it('of the desk to several talks are written together, each once, with what is remembered', async () => {
      const talks = [id, `${id}_two`, `${id}_three`];
      for (const [i, talk] of talks.slice(1).entries()) {
        await ledger.conversations.open(SHOP, `byr_own_${n}`, `channel-${i}`, talk, NOW);
      }
      await ask({ sentAt: NOW + 10 });
      const toTalk = (conversationId: string, key: string): AutomaticMessage => {
        const {
          agentId: _nobody,
          claimSuggestion: _none,
          recordedOnly: _no,
          ...message
        } = outgoing({ conversationId });
        const script = { id: 'scr-72-one', version: 2 };
        return { ...message, from: 'auto', scope: 'job', key: `${id}-${key}`, script };
      };
      const send = (messages: AutomaticMessage[]) =>
        ledger.transaction((stores) => stores.conversations.appendAutomatic(messages));
      const [known] = await send([{ ...toTalk(talks[2]!, 'c'), messageId: `msg_known_${n}` }]);
      const [first, second, third] = await send([
        { ...toTalk(talks[0]!, 'a'), state: { scriptsUsed: ['SCR-72'] } },
        toTalk(talks[1]!, 'b'),
        toTalk(talks[2]!, 'c'),
      ]);
      expect([first?.seq, second?.seq]).toEqual([2, 1]);
      expect(third).toEqual({ ...known, duplicate: true });
      expect(await find()).toMatchObject({ lastSeq: 2, waitingSince: NOW + 10, state: { scriptsUsed: ['SCR-72'] } });
      expect(await ledger.conversations.messages(SHOP, talks[1]!, 0, 10)).toMatchObject([
        { id: second!.messageId, seq: 1, from: 'auto', script: { id: 'scr-72-one', version: 2 } },
      ]);
      for (const { messageId } of [first!, second!, third!]) {
        expect(await ledger.outbox.claimOne(SHOP, messageId, NOW, 1000)).toBeDefined();
      }
      const lost = { ...toTalk('cnv_nowhere', 'd') };
      await expect(send([toTalk(talks[1]!, 'e'), lost])).rejects.toMatchObject({ code: 'not_found' });
      expect(await ledger.conversations.messages(SHOP, talks[1]!, 0, 10)).toHaveLength(1);
    });

    it('answer what was owed', async () => {
      const { seq } = await ask({ text: '能今天发吗' });
      await ledger.desk.owe(SHOP, id, seq, NOW, NOW + 1000);
      expect(await ledger.desk.owedIn(SHOP, id)).toHaveLength(1);
      await answer({ from: 'auto', scope: 'auto' });
      expect(await ledger.desk.owedIn(SHOP, id)).toHaveLength(1);
      await answer();
      expect(await ledger.desk.owedIn(SHOP, id)).toEqual([]);
    });

    it('that fail in their transaction leave nothing behind', async () => {
      const message = outgoing({ conversationId: id });
      await expect(
        ledger.transaction(async (stores) => {
          await stores.conversations.lock(SHOP, id);
          await stores.conversations.appendReply(message);
          throw new Error('power cut');
        }),
      ).rejects.toThrow('power cut');
      expect((await find()).lastSeq).toBe(0);
      expect(await ledger.outbox.claimOne(SHOP, message.messageId, NOW, 1000)).toBeUndefined();
      expect((await answer({ key: message.key })).duplicate).toBe(false);
    });

    it('to a conversation that is not there are refused by name', async () => {
      await expect(reply(ledger, { conversationId: 'cnv_nowhere' })).rejects.toMatchObject({
        code: 'not_found',
        message: expect.stringContaining('cnv_nowhere'),
      });
    });
  });

  describe('history', () => {
    it('is read from a seq on, in order, up to a limit', async () => {
      for (const _ of upTo(5)) await ask();
      const page = await ledger.conversations.messages(SHOP, id, 2, 2);
      expect(page.map((m) => m.seq)).toEqual([3, 4]);
      expect(await ledger.conversations.messages(SHOP, id, 5, 10)).toEqual([]);
    });

    it('ends with the last messages, oldest first', async () => {
      for (const _ of upTo(5)) await ask();
      expect((await ledger.conversations.lastMessages(SHOP, id, 3)).map((m) => m.seq)).toEqual([3, 4, 5]);
    });

    it('tells which conversations changed since a moment, and how far they are', async () => {
      await ask({ sentAt: NOW + 1_000_000 + n });
      const changed = await ledger.conversations.changedSince(SHOP, NOW + 1_000_000 + n);
      expect(changed).toContainEqual({ id, lastSeq: 1, changedAt: NOW + 1_000_000 + n });
    });
  });

  describe('analysed turns', () => {
    const save = (seq: number, changes = {}) =>
      ledger.conversations.saveTurn(analysed(seq, { conversationId: id, buyerId: `byr_own_${n}`, ...changes }));

    it('are live for the newest message, with analysis, profile and state', async () => {
      await ask();
      expect(await save(1, { state: { productId: 'p1' } })).toBe('live');
      expect(await ledger.conversations.analyses(SHOP, id, 1)).toEqual(new Map([[1, ANALYSIS]]));
      expect(await find()).toMatchObject({ analysedSeq: 1, state: { productId: 'p1' } });
      expect((await ledger.people.buyer(SHOP, `byr_own_${n}`))!.profile).toEqual({ seen: 1 });
    });

    it('keep the keys of the state that they do not name', async () => {
      await ledger.conversations.update(SHOP, id, { state: { scriptsUsed: ['SCR-05'] } }, NOW);
      await ask();
      await save(1, { state: { profile: PROFILE } });
      expect((await find()).state).toEqual({ scriptsUsed: ['SCR-05'], profile: PROFILE });
    });

    it('stay live beside a notice that the desk sent by itself meanwhile', async () => {
      await ask();
      await answer({ from: 'auto', scope: 'follow-up', key: 'fup_notice', claimSuggestion: undefined });
      expect(await save(1)).toBe('live');
    });

    it('are withdrawn from the start when a newer message came', async () => {
      await ask();
      await ask();
      expect(await save(1)).toBe('withdrawn');
      expect(await save(2)).toBe('live');
      expect((await ledger.conversations.analyses(SHOP, id, 1)).size).toBe(2);
    });

    it('are recorded once, also when two nodes analyse the same message', async () => {
      const other = (await record.openNode()).ledger;
      await ask();
      const turns = upTo(6).map(() => analysed(1, { conversationId: id, buyerId: `byr_own_${n}` }));
      const states = await Promise.all(turns.map((turn, i) => (i % 2 ? ledger : other).conversations.saveTurn(turn)));
      expect(states.filter((state) => state === 'live')).toHaveLength(1);
      const live = await Promise.all(turns.map((turn) => ledger.suggestions.find(SHOP, turn.suggestions.id)));
      expect(live.filter((set) => set?.state === 'live')).toHaveLength(1);
    });

    it('that were never made are found, oldest first, once they are old enough', async () => {
      await ask({ sentAt: NOW - 500_000 + n });
      const due = (before: number) => ledger.conversations.unanalysed(SHOP, before, 100);
      expect(await due(NOW - 500_000 + n)).not.toContainEqual({ conversationId: id, lastSeq: 1 });
      expect(await due(NOW - 400_000)).toContainEqual({ conversationId: id, lastSeq: 1 });
      await save(1);
      expect(await due(NOW - 400_000)).not.toContainEqual({ conversationId: id, lastSeq: 1 });
    });
  });

  describe('the list', () => {
    it('shows who waits longest first, with name, open order and last message', async () => {
      await ask({ sentAt: NOW - 900_000 });
      await ledger.orders.save(makeOrder(SHOP, `ord-a-${n}`, { buyerId: `byr_own_${n}`, state: 'completed' }));
      await ledger.orders.save(makeOrder(SHOP, `ord-b-${n}`, { buyerId: `byr_own_${n}`, state: 'paid' }));
      const [first] = await ledger.conversations.summaries(SHOP, { status: 'open', limit: 5 });
      expect(first).toMatchObject({ id, buyerName: `byr_own_${n} of ${SHOP}`, order: 'paid', lastMessage: { seq: 1 } });
      await answer();
    });

    it('leaves out what has another status', async () => {
      await ledger.conversations.update(SHOP, id, { status: 'resolved' }, NOW);
      const open = await ledger.conversations.summaries(SHOP, { status: 'open', limit: 500 });
      expect(open.map((s) => s.id)).not.toContain(id);
      expect(await ledger.conversations.summaries(SHOP, { ids: [id], limit: 5 })).toMatchObject([
        { id, status: 'resolved' },
      ]);
    });

    it('changes only the columns that are named', async () => {
      await ask({ sentAt: NOW + 3 });
      await ledger.conversations.update(SHOP, id, { takenOverAt: NOW + 4, assignedAgentId: AGENT }, NOW + 4);
      expect(await find()).toMatchObject({ takenOverAt: NOW + 4, assignedAgentId: AGENT, waitingSince: NOW + 3 });
      await ledger.conversations.update(SHOP, id, { takenOverAt: null }, NOW + 5);
      expect(await find()).toMatchObject({ takenOverAt: null, assignedAgentId: AGENT });
    });
  });

  describe('two shops with the same ids', () => {
    it('never see each other', async () => {
      await ledger.conversations.appendBuyerMessage(incoming({ shopId: OTHER_SHOP, key: 'shared', text: 'theirs' }));
      await ledger.conversations.appendBuyerMessage(incoming({ shopId: OTHER_SHOP, text: 'theirs too' }));
      const ours = await ledger.conversations.appendBuyerMessage(incoming({ key: 'shared', text: 'ours' }));
      expect(ours).toMatchObject({ seq: 1, duplicate: false });
      const texts = (await ledger.conversations.messages(SHOP, CONVERSATION, 0, 10)).map((m) => m.text);
      expect(texts).toEqual(['ours']);
      await ledger.conversations.saveTurn(analysed(1));
      expect((await ledger.conversations.find(OTHER_SHOP, CONVERSATION))!.analysedSeq).toBe(0);
      expect((await ledger.conversations.analyses(OTHER_SHOP, CONVERSATION, 0)).size).toBe(0);
      await reply(ledger);
      expect((await ledger.conversations.find(OTHER_SHOP, CONVERSATION))!.lastSeq).toBe(2);
      const theirs = await ledger.conversations.summaries(OTHER_SHOP, { limit: 100 });
      expect(theirs.map((s) => [s.id, s.buyerName])).toEqual([[CONVERSATION, `${BUYER} of ${OTHER_SHOP}`]]);
      await ledger.conversations.update(OTHER_SHOP, CONVERSATION, { status: 'resolved' }, NOW);
      expect((await ledger.conversations.find(SHOP, CONVERSATION))!.status).toBe('open');
      expect(await ledger.conversations.find(OTHER_SHOP, id)).toBeUndefined();
    });
  });
});
