import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestRecord, type TestRecord } from '../setup/open-record.ts';

describe('a transaction', () => {
  let record: TestRecord;
  beforeAll(async () => {
    record = await openTestRecord('pglite');
  });
  afterAll(() => record.close());

  it('refuses a read beside its own stores, which would wait for itself for ever', async () => {
    const { ledger } = record;
    await expect(ledger.transaction(() => ledger.people.shops())).rejects.toThrow('only its own stores');
  });

  it('lets its own stores through, and everything again when it is over', async () => {
    const { ledger } = record;
    expect(await ledger.transaction((stores) => stores.people.shops())).toEqual([]);
    expect(await ledger.people.shops()).toEqual([]);
  });
});
