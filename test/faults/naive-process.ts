/**
 * A worker without the protections, to prove that the checker sees what they prevent: it looks what is due by its own
 * clock, looks whether the order is unpaid, sends, and then writes down that it has sent.
 */
import pg from 'pg';
import { moveMachineClock } from './machine-clock.ts';
import type { NodeOptions } from './nodes.ts';
import { buyerOf, REMINDER, sendToPlatform } from './platform.ts';

const { platformUrl } = JSON.parse(process.argv[2]!) as NodeOptions;
const LOOK_EVERY_MS = 50;
const BATCH = 200;
const AT_ONCE = 8;

moveMachineClock();
const pool = new pg.Pool({
  connectionString: process.env['DATABASE_URL'],
  max: AT_ONCE,
  connectionTimeoutMillis: 2000,
});
pool.on('error', () => undefined);
pool.on('connect', (client) => {
  client.on('error', () => undefined);
});

async function remind(id: string, orderId: string): Promise<void> {
  const { rows } = await pool.query<{ state: string }>('select state from orders where id = $1', [orderId]);
  const isUnpaid = rows[0]?.state === 'unpaid';
  if (isUnpaid) {
    const key = crypto.randomUUID();
    await pool.query('insert into fault_sends (key, order_id) values ($1, $2)', [key, orderId]);
    await sendToPlatform(platformUrl, { buyerId: buyerOf(orderId), key, card: REMINDER });
  }
  await pool.query(`update follow_ups set status = $2 where id = $1`, [id, isUnpaid ? 'sent' : 'cancelled']);
}

async function look(): Promise<void> {
  const { rows } = await pool.query<{ id: string; order_id: string }>(
    `select id, order_id from follow_ups where status = 'planned' and rule = 'FU-04' and due_ms <= $1
     order by due_ms limit ${BATCH}`,
    [Date.now()],
  );
  const waiting = rows.values();
  const work = async () => {
    for (const row of waiting) await remind(row.id, row.order_id);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

for (const end of ['SIGTERM', 'disconnect']) process.on(end, () => process.exit(0));
process.send!({ url: '' });
for (;;) {
  // What could not be written down is sent again: that is the point.
  await look().catch((error: Error) => process.stderr.write(process.env['FAULT_DEBUG'] ? `${error.message}\n` : ''));
  await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
}
