/** Two agents at one desk: whose name a line bears, and who wins where both press at once. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { SuggestionSet } from '../../src/protocol/records.ts';
import { AFTERNOON, DESK_ENGINES, openMind, startTestDesk, type TestBuyer, type TestDesk } from './start-desk.ts';
import type { TestClient } from './test-client.ts';

const NAMES = ['小禾', '阿岚'] as const;

beforeAll(async () => {
  await openMind();
});

describe.each(DESK_ENGINES)('two agents on $record and $redis', (engines) => {
  let desk: TestDesk;
  let agents: (TestClient & { cookie: string })[];
  beforeAll(async () => {
    desk = await startTestDesk({ engines, startAt: AFTERNOON });
    agents = [await desk.agent('agent1'), await desk.agent('agent2')];
  });
  afterAll(() => desk?.close());

  const live = async (conversationId: string) => (await desk.detail(conversationId, agents[0]!.cookie)).suggestions;

  async function write(buyer: TestBuyer, text: string): Promise<SuggestionSet> {
    await buyer.command('message.send', { text });
    await desk.settle();
    return (await live(buyer.conversationId))!;
  }

  /** Takes the first chip. */
  const press = (agent: TestClient, { id, conversationId, proposals }: SuggestionSet) =>
    agent.command('message.send', { conversationId, text: proposals[0]!.text, suggestion: { id, position: 0 } });

  const namedIn = ({ proposals }: SuggestionSet) =>
    NAMES.findIndex((name) => proposals.some(({ text }) => text.includes(name)));

  describe('a greeting', () => {
    let buyer: TestBuyer;
    let conversationId: string;
    let first: SuggestionSet;
    /** Whom the first line does not name. */
    let other: number;

    beforeEach(async () => {
      buyer = await desk.buyer();
      ({ conversationId } = buyer);
      first = await write(buyer, '在吗');
      expect(namedIn(first)).toBeGreaterThanOrEqual(0);
      other = 1 - namedIn(first);
    });

    test('bears the name of the agent who opens the chat, and of the next message, too', async () => {
      await agents[other]!.command('conversation.open', { conversationId });
      const renamed = (await live(conversationId))!;
      expect(namedIn(renamed)).toBe(other);
      const next = await write(buyer, '有人吗');
      expect(namedIn(next)).toBe(other);
      await press(agents[other]!, next);
    });

    test('is left alone by who opens it in the own name, and by a supervisor who looks', async () => {
      const watching = await desk.agent('supervisor', 'away');
      await agents[1 - other]!.command('conversation.open', { conversationId });
      await watching.command('conversation.open', { conversationId });
      expect((await live(conversationId))?.id).toBe(first.id);
      await watching.close();
    });

    test('bears the name of who takes the chat over, and keeps it while others look', async () => {
      await agents[other]!.command('conversation.takeOver', { conversationId, on: true });
      const taken = (await live(conversationId))!;
      expect(namedIn(taken)).toBe(other);
      await agents[1 - other]!.command('conversation.open', { conversationId });
      expect((await live(conversationId))?.id).toBe(taken.id);
      await press(agents[other]!, taken);
    });
  });

  test('in eight chats at once both press every chip at the same moment: one answer each', async () => {
    const texts = ['轻量冲锋衣防水吗', '卡其L的速干长裤有货吗', '保温水壶怎么清洗', '什么时候发货'];
    const buyers = await Promise.all(Array.from({ length: 8 }, () => desk.buyer()));
    await Promise.all(buyers.map((buyer, at) => buyer.command('message.send', { text: texts[at % 4]! })));
    await desk.settle();
    await Promise.all(
      buyers.map(async ({ conversationId }) => {
        const { id, proposals } = (await live(conversationId))!;
        const presses = proposals.flatMap(({ text }, position) =>
          agents.map((agent) =>
            agent.command('message.send', { conversationId, text, suggestion: { id, position }, warningsRead: true }),
          ),
        );
        const done = await Promise.allSettled(presses);
        expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
        const said = await desk.app.ledger.conversations.messages('demo', conversationId, 0, 10);
        expect(said.map(({ from }) => from)).toEqual(['buyer', 'agent']);
      }),
    );
  });
});
