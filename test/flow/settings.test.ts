/** Settings changed while the desk runs: checked, one editor wins, in force for the next turn, everywhere told. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DESK_ENGINES, openMind, startTestDesk, type TestDesk, WINDOW_MS } from './start-desk.ts';

beforeAll(async () => {
  await openMind();
});

describe.each(DESK_ENGINES)('settings on $record and $redis', (engines) => {
  let desk: TestDesk;
  let cookie: string;

  beforeAll(async () => {
    desk = await startTestDesk({ engines });
    cookie = await desk.cookie('supervisor');
  });
  afterAll(() => desk?.close());

  async function put(part: string, body: object, as = cookie) {
    const response = await fetch(`${desk.url}/api/settings/${part}`, {
      method: 'PUT',
      headers: { cookie: as, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: await response.json() };
  }
  const read = () => desk.read<{ revision: number; parts: Record<string, unknown> }>('/api/settings', cookie);

  test('a part is changed, its number grows, and the other parts stay', async () => {
    const before = await read();
    const agent = await desk.agent('agent1');
    const saved = await put('quietHours', { basedOn: before.revision, value: '21:30-08:30' });
    expect(saved.status).toBe(200);
    expect(saved.body).toEqual({
      revision: before.revision + 1,
      parts: { ...before.parts, quietHours: '21:30-08:30' },
    });
    await agent.next('lists.changed', ({ lists }) => lists.includes('settings'));
    desk.clock.advance(WINDOW_MS);
    expect((await desk.app.desk.shop('demo')).settings.quietHours).toBe('21:30-08:30');
  });

  test('an editor who has read something older loses, and nothing is written over', async () => {
    const { revision } = await read();
    const refused = await put('replyByHour', { basedOn: revision - 1, value: '09:00' });
    expect(refused).toMatchObject({ status: 409, body: { code: 'conflict' } });
    expect((await read()).revision).toBe(revision);
  });

  test('a value that is not legal is refused with its place', async () => {
    const { revision } = await read();
    const refused = await put('closedDays', { basedOn: revision, value: ['2027-02-30'] });
    expect(refused.status).toBe(400);
    expect(refused.body.message).toMatch(/^closedDays\[0\]: /);
    expect(await put('epoch', { basedOn: revision, value: 'x' })).toMatchObject({ status: 400 });
  });

  test.each([
    [
      'onCall',
      'onCall.url',
      { url: 'https://a:hush@h.example', secret: `whsec_${'A'.repeat(32)}`, roster: { always: 'x' } },
    ],
    ['goods', 'goods.sourceUrl', { sourceUrl: 'https://a:hush@h.example/goods.json' }],
  ])('an address of %s with a password is neither kept nor repeated', async (part, place, value) => {
    const { revision } = await read();
    const refused = await put(part, { basedOn: revision, value });
    expect(refused.status).toBe(400);
    expect(refused.body.message).toContain(place);
    expect(JSON.stringify(refused.body)).not.toContain('hush');
    expect((await read()).revision).toBe(revision);
  });

  test('a part without a value is the default again', async () => {
    const { revision } = await read();
    const saved = await put('quietHours', { basedOn: revision });
    expect(saved.body.parts.quietHours).toBe('22:00-09:00');
  });

  test('is the supervisor’s', async () => {
    const { revision } = await read();
    const agent = await desk.cookie('agent1');
    expect((await put('quietHours', { basedOn: revision, value: '21:00-08:00' }, agent)).status).toBe(403);
  });
});
