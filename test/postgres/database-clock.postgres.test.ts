/** The clock that all nodes share, on a machine whose own clock is an hour wrong. */
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { openDatabaseClock } from '../../src/postgres/database-clock.ts';
import { openTestRecord, type TestRecord } from '../setup/open-record.ts';

const HOUR = 3_600_000;
let record: TestRecord;

beforeAll(async () => {
  record = await openTestRecord('postgres');
  vi.setSystemTime(Date.now() + HOUR);
});
afterAll(async () => {
  vi.useRealTimers();
  await record.close();
});

async function serverMs(): Promise<number> {
  const { rows } = await sql<{ ms: number }>`
    select (extract(epoch from clock_timestamp()) * 1000)::float8 as ms`.execute(record.connection.db);
  return rows[0]!.ms;
}

it('shows the time of the server, not of the machine, and goes on', async () => {
  const clock = await openDatabaseClock(record.connection.db, (error) => {
    throw error;
  });
  const before = await serverMs();
  const shown = clock.now();
  expect(Math.abs(shown - before)).toBeLessThan(HOUR / 2);
  expect(Date.now() - shown).toBeGreaterThan(HOUR / 2);
  await clock.read();
  expect(clock.now()).toBeGreaterThanOrEqual(shown);
  clock.close();
});
