/** A desk that is killed in the middle of everything, and starts again in the same folder. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { askForToken, signIn } from '../../src/cli/desk-client.ts';
import { signWebhook } from '../../src/lib/sign-webhook.ts';
import { openPostgres } from '../../src/postgres/connect.ts';
import { openLedger } from '../../src/postgres/open-ledger.ts';
import type { ConversationDetail, FollowUpView, TaskView } from '../../src/protocol/records.ts';
import { type Home, kill, makeHome, RECOVERY_MS, type Running, start as startProcess } from './killed-desk.ts';
import { AFTERNOON, DESK_ENGINES, HOUR, MINUTE, openMind } from './start-desk.ts';
import { openClient, type TestClient, until } from './test-client.ts';

const SHOP = 'demo';
const BUYERS = 4;
const MESSAGES = 40;

let home: Home | undefined;
let running: Running | undefined;

beforeAll(async () => {
  // The model is kept for the processes, so that each starts fast.
  await openMind();
});
afterEach(async () => {
  if (running) await kill(running);
  await home?.remove();
  [home, running] = [undefined, undefined];
});

async function start(at: Home, startAtMs: number): Promise<Running> {
  running = await startProcess(at, startAtMs);
  return running;
}

async function tell(desk: Running, type: string, atMs: number, data: object): Promise<number> {
  const body = JSON.stringify({ type, at: new Date(atMs).toISOString(), data });
  const timestampS = Math.floor(atMs / 1000);
  const id = `${type}-${JSON.stringify(data).length}`;
  const response = await fetch(`${desk.url}/api/webhooks/orders/${SHOP}`, {
    method: 'POST',
    headers: {
      'webhook-id': id,
      'webhook-timestamp': String(timestampS),
      'webhook-signature': signWebhook(desk.webhookSecret, id, timestampS, body),
    },
    body,
  });
  return response.status;
}

interface Writer {
  token: string;
  buyerId: string;
  conversationId: string;
  client: TestClient;
  /** Seqs of the acknowledged messages, by their ids. */
  acked: Map<string, number>;
}

async function openWriter(desk: Running): Promise<Writer> {
  const { token, buyerId } = await askForToken(desk.url);
  const client = await openClient(desk.url, { role: 'buyer', token });
  const { self } = client.welcome;
  if (self.role !== 'buyer') throw new Error('the desk took a buyer for an agent');
  return { token, buyerId, conversationId: self.conversationId, client, acked: new Map() };
}

function textOf(i: number): string {
  return `第${i}句，轻量冲锋衣有货吗`;
}

describe.each(DESK_ENGINES)('killed on $record and $redis', (engines) => {
  test('nothing acknowledged is lost, nothing is there or sent twice, and what was begun is finished', async () => {
    home = await makeHome(engines);
    const first = await start(home, AFTERNOON);
    const writers = await Promise.all(Array.from({ length: BUYERS }, () => openWriter(first)));

    // A reminder that will fall due while nobody lives.
    const unpaid = writers[0]!;
    await unpaid.client
      .command('message.send', { text: textOf(0) }, 'm0')
      .then((ack) => unpaid.acked.set('m0', ack.seq!));
    const order = {
      orderId: 'KILL-1',
      buyerId: unpaid.buyerId,
      amount: 399,
      items: [{ title: '轻量冲锋衣', sku: '藏青-M', qty: 1 }],
      autoCloseAt: new Date(AFTERNOON + 6 * HOUR + 2 * MINUTE).toISOString(),
    };
    expect(await tell(first, 'order.created', AFTERNOON - HOUR, order)).toBe(401);
    expect(
      await tell(first, 'order.created', AFTERNOON, {
        ...order,
        autoCloseAt: new Date(AFTERNOON + 7 * HOUR).toISOString(),
      }),
    ).toBe(200);

    let acks = 0;
    const killed = Promise.withResolvers<void>();
    for (const writer of writers) {
      for (let i = 1; i <= MESSAGES; i++) {
        writer.client
          .command('message.send', { text: textOf(i) }, `m${i}`)
          .then((ack) => {
            writer.acked.set(`m${i}`, ack.seq!);
            acks++;
            if (acks === (BUYERS * MESSAGES) / 2) killed.resolve();
          })
          .catch(() => undefined);
      }
    }
    await killed.promise;
    await kill(first);
    await Promise.all(writers.map((writer) => writer.client.ended()));
    expect(acks).toBeGreaterThanOrEqual((BUYERS * MESSAGES) / 2);

    // Behind all that the killed one saw, however slow it was.
    const second = await start(home, AFTERNOON + 5 * MINUTE);
    for (const writer of writers) {
      const client = await openClient(second.url, { role: 'buyer', token: writer.token });
      const repeated = await Promise.all(
        Array.from({ length: MESSAGES }, async (_, i) => {
          const id = `m${i + 1}`;
          return { id, seq: (await client.command('message.send', { text: textOf(i + 1) }, id)).seq! };
        }),
      );
      for (const { id, seq } of repeated) expect(writer.acked.get(id) ?? seq).toBe(seq);
      await client.close();
    }

    const cookie = await signIn(second.url, 'agent1', 'huashu-agent1');
    const read = async <T>(desk: Running, path: string) =>
      (await (await fetch(`${desk.url}${path}`, { headers: { cookie } })).json()) as T;
    const detailOf = (desk: Running, writer: Writer) =>
      read<ConversationDetail>(desk, `/api/conversations/${writer.conversationId}`);
    for (const writer of writers) {
      const { messages } = await until(
        async () => {
          const detail = await detailOf(second, writer);
          const asked = detail.messages.filter((message) => message.from === 'buyer');
          return asked.every((message) => detail.analyses[message.seq]) ? detail : undefined;
        },
        'the analysis of every message',
        RECOVERY_MS,
      );
      expect(messages.map((message) => message.seq)).toEqual(messages.map((_, i) => i + 1));
      const asked = messages.filter((message) => message.from === 'buyer').map((message) => message.text);
      expect(asked.toSorted()).toEqual([...new Set(asked)].toSorted());
      expect(asked).toHaveLength(writer === unpaid ? MESSAGES + 1 : MESSAGES);
      expect(messages.filter((message) => message.from === 'auto').length).toBeLessThanOrEqual(1);
    }

    const noticeOf = async (desk: Running) => {
      const { followUps } = await read<{ followUps: FollowUpView[] }>(
        desk,
        `/api/follow-ups?buyerId=${unpaid.buyerId}`,
      );
      return followUps.filter((row) => row.rule === 'FU-04');
    };
    const [planned, ...others] = await noticeOf(second);
    expect(others).toEqual([]);
    expect(planned).toMatchObject({ state: 'planned', dueAt: AFTERNOON + HOUR });
    await kill(second);

    // Its moment passed while nobody lived: it is sent at the start, and at the next start not again.
    const late = AFTERNOON + HOUR + 5 * MINUTE;
    const third = await start(home, late);
    const sent = await until(
      async () => (await noticeOf(third)).find((row) => row.state !== 'planned'),
      'the end of the notice',
      RECOVERY_MS,
    );
    expect(sent.state).toBe('sent');
    await kill(third);
    const fourth = await start(home, late + 5 * MINUTE);
    const { messages } = await detailOf(fourth, unpaid);
    expect(messages.filter((message) => message.script?.id.startsWith('SCR-72'))).toHaveLength(1);
    expect(messages.map((message) => message.seq)).toEqual(messages.map((_, i) => i + 1));
    const { tasks } = await read<{ tasks: TaskView[] }>(fourth, '/api/tasks');
    await kill(fourth, 'SIGTERM');

    // Everything that was said left once, or a person was asked about it.
    const file = join(home.dataDir, 'delivered');
    const delivered = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
    expect(new Set(delivered).size).toBe(delivered.length);
    const connection = await openPostgres(home.address);
    const ledger = openLedger(connection);
    expect(await ledger.outbox.open(SHOP)).toBe(0);
    const said = [];
    for (const writer of writers) {
      const all = await ledger.conversations.messages(SHOP, writer.conversationId, 0, 500);
      said.push(...all.filter((message) => message.from !== 'buyer').map((message) => message.id));
    }
    await connection.close();
    const uncertain = tasks.filter((task) => task.kind === 'uncertain_send').length;
    const missing = said.filter((id) => !delivered.includes(id)).length;
    expect(missing).toBeLessThanOrEqual(uncertain);
    expect(said.length).toBeGreaterThan(0);
  }, 600_000);
});
