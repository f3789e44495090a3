/** Killed while automatic answers leave: none is lost, none goes out twice. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { askForToken, signIn } from '../../src/cli/desk-client.ts';
import { openPostgres } from '../../src/postgres/connect.ts';
import { openLedger } from '../../src/postgres/open-ledger.ts';
import type { ConversationDetail, TaskView } from '../../src/protocol/records.ts';
import { type Home, kill, makeHome, RECOVERY_MS, type Running, start } from './killed-desk.ts';
import { DESK_ENGINES, MINUTE, openMind } from './start-desk.ts';
import { openClient, until } from './test-client.ts';

const SHOP = 'demo';
const NIGHT = Date.parse('2027-05-12T22:30:00+08:00');
const BUYERS = 12;

let home: Home | undefined;
let running: Running | undefined;

beforeAll(async () => {
  await openMind();
});
afterEach(async () => {
  if (running) await kill(running);
  await home?.remove();
  [home, running] = [undefined, undefined];
});

async function allowAnswers(url: string): Promise<void> {
  const cookie = await signIn(url, 'supervisor', 'huashu-supervisor');
  const headers = { cookie, 'content-type': 'application/json' };
  const { revision } = (await (await fetch(`${url}/api/settings`, { headers })).json()) as { revision: number };
  const rules = [{ intents: ['INT-PRE-*'], risk: 'low', hours: 'off_hours', mode: 'auto' }];
  const saved = await fetch(`${url}/api/settings/modes`, {
    method: 'PUT',
    headers,
    body: JSON.stringify({ basedOn: revision, value: { rules, debounceSec: 1 } }),
  });
  expect(saved.status).toBe(200);
}

describe.each(DESK_ENGINES)('killed on $record and $redis', (engines) => {
  test('each buyer gets the away reply and the answer once', async () => {
    home = await makeHome(engines);
    const file = join(home.dataDir, 'delivered');
    const delivered = () => (existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : []);
    const first = await start(home, NIGHT);
    running = first;
    await allowAnswers(first.url);
    const chats: string[] = [];
    for (let i = 0; i < BUYERS; i++) {
      const { token } = await askForToken(first.url);
      const client = await openClient(first.url, { role: 'buyer', token });
      const { self } = client.welcome;
      if (self.role === 'buyer') chats.push(self.conversationId);
      await client.command('message.send', { text: '发什么快递，几天能到？' });
    }
    // Some have left, some are about to.
    await until(async () => (delivered().length > 0 ? true : undefined), 'the first automatic message', RECOVERY_MS);
    await kill(first);

    // Behind all that the killed one saw, however slow it was.
    const second = await start(home, NIGHT + 5 * MINUTE);
    running = second;
    const cookie = await signIn(second.url, 'agent1', 'huashu-agent1');
    const read = async <T>(path: string) =>
      (await (await fetch(`${second.url}${path}`, { headers: { cookie } })).json()) as T;
    for (const id of chats) {
      const cards = await until(
        async () => {
          const { messages } = await read<ConversationDetail>(`/api/conversations/${id}`);
          const automatic = messages.filter(({ from }) => from === 'auto').map(({ script }) => script?.id);
          return automatic.length >= 2 ? automatic : undefined;
        },
        `both messages in ${id}`,
        RECOVERY_MS,
      );
      expect(cards).toEqual(['SCR-04', 'SCR-85']);
    }
    const { tasks } = await read<{ tasks: TaskView[] }>('/api/tasks');
    await kill(second, 'SIGTERM');

    const connection = await openPostgres(home.address);
    const ledger = openLedger(connection);
    expect(await ledger.automatic.due(Number.MAX_SAFE_INTEGER, 100)).toEqual([]);
    expect(await ledger.outbox.open(SHOP)).toBe(0);
    const said = [];
    for (const id of chats) {
      const messages = await ledger.conversations.messages(SHOP, id, 0, 100);
      said.push(...messages.filter(({ from }) => from === 'auto').map((message) => message.id));
    }
    await connection.close();
    expect(said).toHaveLength(2 * BUYERS);
    expect(new Set(delivered()).size).toBe(delivered().length);
    const uncertain = tasks.filter(({ kind }) => kind === 'uncertain_send').length;
    expect(said.filter((id) => !delivered().includes(id)).length).toBeLessThanOrEqual(uncertain);
  }, 600_000);
});
