/** A client that comes back while others go on writing. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openMind, startTestDesk, type TestDesk } from '../flow/start-desk.ts';
import { helloFrame, openSocket } from '../flow/test-client.ts';

let desk: TestDesk;

beforeAll(async () => {
  await openMind();
  desk = await startTestDesk();
});
afterAll(() => desk?.close());

test('gets what it missed before anything new, however long reading it takes', async () => {
  // Somebody is there, so that nothing answers by itself.
  await desk.agent('agent2');
  const buyer = await desk.buyer();
  const { conversationId, epoch } = buyer;
  for (const text of ['一', '二', '三']) await buyer.command('message.send', { text });
  const { conversations } = desk.app.ledger;
  const read = conversations.messages;
  const reading = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<void>();
  conversations.messages = async (...args) => {
    const found = await read(...args);
    reading.resolve();
    await goOn.promise;
    return found;
  };
  try {
    const cookie = await desk.cookie();
    const agent = await openSocket(desk.url, { headers: { cookie } });
    agent.send(helloFrame({ role: 'agent', cookie, resume: { epoch, seqs: { [conversationId]: 1 } } }));
    await reading.promise;
    await buyer.command('message.send', { text: '四' });
    await desk.settle();
    goOn.resolve();
    await agent.next('message.appended', ({ message }) => message.seq === 4);
    expect(agent.messages().map((message) => message.seq)).toEqual([2, 3, 4]);
    expect(agent.frames[0]?.type).toBe('welcome');
    await agent.close();
  } finally {
    conversations.messages = read;
    goOn.resolve();
  }
});
