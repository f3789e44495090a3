/** The floor: a bare ws server that parses a frame, writes it in grouped inserts, acknowledges and pushes it. */
import { sql } from 'kysely';
import { type WebSocket, WebSocketServer } from 'ws';
import { groupCalls } from '../../src/lib/group-calls.ts';
import { openPostgres } from '../../src/postgres/connect.ts';

const dataDir = process.argv[2]!;
const url = process.argv[3];
const connection = await openPostgres(url ? { url, poolSize: 10 } : { dataDir });
const { db } = connection;
await sql`create table if not exists bare (id bigint generated always as identity primary key, buyer text, text text)`.execute(
  db,
);
const insert = groupCalls<{ buyer: string; text: string }, number>(
  async (rows) => {
    const result = await sql<{ id: number }>`
      insert into bare (buyer, text)
      select i.buyer, i.text from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as i(buyer text, text text)
      returning id`.execute(db);
    return result.rows.map((row) => row.id);
  },
  200,
  url ? 4 : 1,
);
const agents = new Set<WebSocket>();
const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
server.on('connection', (socket, request) => {
  const who = new URL(request.url ?? '/', 'http://x').searchParams.get('who') ?? '';
  if (who.startsWith('agent')) agents.add(socket);
  socket.on('message', async (data) => {
    const frame = JSON.parse(String(data)) as { id: string; data: { text: string } };
    const seq = await insert({ buyer: who, text: frame.data.text });
    socket.send(JSON.stringify({ type: 'ack', ref: frame.id, data: { seq } }));
    const push = JSON.stringify({
      type: 'message.appended',
      data: { message: { id: frame.id, text: frame.data.text, seq } },
    });
    for (const agent of agents) agent.send(push);
  });
});
server.on('listening', () => {
  const address = server.address();
  if (address && typeof address === 'object') process.send?.({ url: `ws://127.0.0.1:${address.port}` });
});
process.on('message', async () => {
  process.send?.({ cpuMs: cpuMs() });
});
process.on('disconnect', () => process.exit(0));

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
